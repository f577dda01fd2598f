// `node emulated-dom-page.js jsdom|happy-dom`: a page with the elements, in which a download fails; prints what they show.
import { emulate } from './emulated-window.js';

await emulate(process.argv[2]);
await import('model-download/define');
const { ModelDownloadChangeEvent } = await import('model-download');

/** @type {any[]} */
const [dialog, mini] = ['model-download-dialog', 'model-progress-mini'].map((tag) => {
  const element = document.createElement(tag);
  element.setAttribute('model-key', 'phi');
  document.body.append(element);
  return element;
});
/** @type {any} */
const state = {
  ...{ modelKey: 'phi', modelName: 'Phi-3 Advanced', status: 'failed', failureCode: 'network', error: 'Failed to fetch' },
  ...{ progress: 50, bytesDownloaded: 5, totalBytes: 10, attempt: 1, maxAttempts: 3, lastUpdate: 0, can: { retry: true } },
};
dialog.show();
document.dispatchEvent(new ModelDownloadChangeEvent({ modelKey: 'phi', state, aggregate: undefined, previousStatus: undefined }));
await drawn(dialog, mini);
const recovery = dialog.shadowRoot.querySelector('download-recovery');
await drawn(recovery);
const shown = dialog.shadowRoot.querySelector('dialog').hasAttribute('open');
const found = (words, ...elements) => words.filter((word) => elements.some(({ shadowRoot }) => shadowRoot.textContent.includes(word)));
const words = {
  dialog: found(['Phi-3 Advanced', 'The connection was lost', 'Check your connection', 'Retry'], dialog, recovery),
  mini: found(['Phi-3 Advanced', '50%', 'Download failed'], mini),
};
dialog.close();
await drawn(dialog);
const isClosed = !dialog.shadowRoot.querySelector('dialog').hasAttribute('open');
dialog.show();
await drawn(dialog);
dialog.remove();
mini.remove();
console.log(JSON.stringify({ shown, ...words, closed: isClosed }));
process.exit();

/** Twice: texts that are omitted from a first rendering follow right after it. */
async function drawn(...elements) {
  for (const element of [...elements, ...elements]) await element.updateComplete;
}
