// One file at two megabytes a second, shown by a dialog and a row.
import { ModelDownloads } from 'model-download';
import { responseLoader } from 'model-download/adapters/response';

const downloads = new ModelDownloads({
  models: {
    steady: { name: 'Steady model', load: responseLoader(`${import.meta.env.BASE_URL}live/model.bin?rate=2000000`) },
  },
});

/** Connects the tags of the page, and handles its two buttons. Returns the function that ends it. */
export function start(root) {
  const disconnect = downloads.connect(document);
  root.querySelector('[data-open]').onclick = () => root.querySelector('model-download-dialog').show();
  root.querySelector('[data-forget]').onclick = () => downloads.remove('steady');
  return disconnect;
}
