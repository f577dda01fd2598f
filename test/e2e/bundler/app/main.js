// An app with the packed package. The address contains how its worker is started: `?start=url` or `?start=import`.
import { ModelDownloads } from 'model-download';
import 'model-download/define';
import ModelWorker from './model-worker.js?worker';

const starts = {
  url: () => new Worker(new URL('./model-worker.js', import.meta.url), { type: 'module' }),
  import: () => new ModelWorker(),
};
const startWorker = starts[new URLSearchParams(location.search).get('start')];

const downloads = new ModelDownloads();
await downloads.connectWorker(startWorker);
downloads.connect(document);
/** @type {Worker} */
const worker = await downloads.load('chat');
worker.addEventListener('message', ({ data }) => {
  if (data.answer) document.getElementById('answer').textContent = data.answer;
});
worker.postMessage({ prompt: 'hello' });
