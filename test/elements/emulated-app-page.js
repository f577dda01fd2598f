// `node emulated-app-page.js jsdom|happy-dom [whole]`: an app with every tag and a connected `ModelDownloads`, whose download
// fails and is cancelled while the tags move; prints what they show.
import { emulate } from './emulated-window.js';

await emulate(process.argv[2], process.argv[3] === 'whole');
await import('model-download/define');
await import('model-download/define/model-storage');
const { ModelDownloads, ...library } = await import('model-download');

/** @type {(cause: Error) => void} */
let fail = () => {};
const downloads = new ModelDownloads({
  automaticAttempts: 0,
  models: {
    phi: {
      name: 'Phi-3 Advanced',
      files: [{ file: 'a.bin', size: 10 }],
      load: ({ progress_callback: report }) => {
        report({ status: 'progress', name: 'phi', file: 'a.bin', loaded: 5, total: 10, progress: 50 });
        return new Promise((_, reject) => (fail = reject));
      },
    },
  },
});
downloads.connect(document);
downloads.connect(window)();
downloads.connect()();

const TAGS = ['model-download-dialog', 'model-progress-mini', 'download-recovery', 'model-storage'];
const classes = ['ModelDownloadDialogElement', 'ModelProgressMiniElement', 'DownloadRecoveryElement'].map((name) => library[name]);
const shown = {};
// The test ends a page that waits in vain.
process.on('SIGTERM', () => {
  console.log(JSON.stringify(shown));
  process.exit();
});
/** @type {any[]} */
const elements = [...TAGS.map((tag) => document.createElement(tag)), ...TAGS.slice(0, 3).map((tag) => document.createElement(tag))];
for (const element of elements.slice(0, 3)) element.setAttribute('model-key', 'phi');
elements.push(...classes.map((Class) => new Class()));
for (const element of elements) document.body.append(element);
// The last ones have no key: the row shows all downloads.
const [dialog, mini, recovery, storage, , batch] = elements;

await shows('dialog before the start', dialog, 'Phi-3 Advanced', () => dialog.show());
await shows('storage before the start', storage, 'No models are stored');
await shows('row', mini, '50%', () => void downloads.load('phi').catch(() => undefined));
await shows('row of all downloads', batch, '50%');
await shows('dialog', dialog, '50%');
await shows('storage', storage, 'Phi-3 Advanced');
fail(new TypeError('Failed to fetch'));
await shows('recovery in the dialog', () => dialog.shadowRoot.querySelector('download-recovery'), 'Check your connection');
await shows('recovery', recovery, 'The connection was lost', () => dialog.close());
const other = document.implementation.createHTMLDocument('Another document');
for (const place of [document.createElement('div'), document.body, other.body, document.body]) {
  if (place.localName === 'div') document.body.append(place);
  for (const element of elements) place.append(element);
  for (const element of elements) await element.updateComplete;
}
await shows('row after it has moved', mini, 'Download failed');
for (const element of elements) for (const button of element.shadowRoot.querySelectorAll('button')) button.click();
// The buttons started it again.
await shows('dialog after the buttons', dialog, '50%', () => dialog.show());
await shows('dialog after cancelling', dialog, 'Cancelled', () => downloads.cancel('phi'));
for (const element of elements) element.remove();
dialog.show();
for (const element of elements) await element.updateComplete;
downloads.dispose();
console.log(JSON.stringify(shown));
process.exit();

/** Waits until an element contains a text. */
async function shows(name, element, text, act = () => {}) {
  act();
  for (;;) {
    const { shadowRoot } = (typeof element === 'function' ? element() : element) ?? {};
    // Without its styles, which are elements in jsdom.
    const seen = [...(shadowRoot?.childNodes ?? [])]
      .map((node) => (node.nodeType === 8 || node.localName === 'style' ? '' : node.textContent))
      .join('');
    shown[name] = seen.replaceAll(/\s+/g, ' ');
    if (seen.includes(text)) break;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  shown[name] = text;
}
