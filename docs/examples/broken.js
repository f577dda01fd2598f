// Two downloads that really fail: each response breaks after 3 MB, or the file is missing at first.
import { ModelDownloads } from 'model-download';
import { responseLoader } from 'model-download/adapters/response';

const file = `${import.meta.env.BASE_URL}live/model.bin`;
let isThere = false;

const downloads = new ModelDownloads({
  automaticAttempts: 0, // each failure is shown, with the button Retry
  models: {
    cut: { name: 'Unsteady model', load: responseLoader(`${file}?rate=4000000&cut=3000000`) },
    missing: {
      name: 'Missing model',
      load: (context) => responseLoader(`${file}?rate=8000000${isThere ? '' : '&missing'}`)(context),
    },
  },
});

/** Connects the tags of the page, and handles its controls. Returns the function that ends it. */
export function start(root) {
  const disconnect = downloads.connect(document);
  for (const button of root.querySelectorAll('[data-load]')) {
    // The tags show the result.
    button.onclick = () => downloads.load(button.dataset.load).catch(() => undefined);
  }
  const box = root.querySelector('[data-there]');
  box.checked = isThere;
  box.onchange = () => (isThere = box.checked);
  return disconnect;
}
