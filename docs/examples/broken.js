// Two downloads that really break: the server cuts each answer after 3 MB, or has no such file at first.
import { ModelDownloads } from 'model-download';
import { responseLoader } from 'model-download/adapters/response';

const folder = `${import.meta.env.BASE_URL}live/`;
let isThere = false;

const downloads = new ModelDownloads({
  automaticAttempts: 0, // asks each time, so that there is something to see
  models: {
    cut: { name: 'Unsteady model', load: responseLoader(`${folder}model.bin?rate=4000000&cut=3000000`) },
    missing: {
      name: 'Missing model',
      load: (context) => responseLoader(`${folder}${isThere ? 'model.bin?rate=8000000' : 'missing.bin'}`)(context),
    },
  },
});

/** Speaks to the tags of the page, and makes its controls work. Returns what ends that. */
export function start(root) {
  const disconnect = downloads.connect(document);
  for (const button of root.querySelectorAll('[data-load]')) {
    // What becomes of it is on the page.
    button.onclick = () => downloads.load(button.dataset.load).catch(() => undefined);
  }
  const box = root.querySelector('[data-there]');
  box.checked = isThere;
  box.onchange = () => (isThere = box.checked);
  return disconnect;
}
