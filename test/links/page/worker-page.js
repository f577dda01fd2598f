// One model that a worker loads. The address contains the model, its hub, and the kind of worker.
import { ModelDownloads } from '/dist/cdn/model-download.js';

const { version, remoteHost, definition, options } = JSON.parse(new URLSearchParams(location.search).get('settings'));
const { kind = 'module', verify, ...others } = options;
const address = `${kind}-worker.js?${new URLSearchParams({ settings: JSON.stringify({ version, remoteHost, verify }) })}`;

/** Every worker that was started. */
const workers = [];
const startWorker = () => {
  const worker = new Worker(address, { type: kind === 'module' ? 'module' : 'classic' });
  workers.push(worker);
  return worker;
};

const downloads = new ModelDownloads(others);
await downloads.connectWorker(startWorker, { models: { model: definition } });

/** Every state of the download since its worker was connected. */
const states = [downloads.getState('model')];
downloads.subscribe('model', (state) => states.push(state));
downloads.connect(document);

/** Runs the model where it is, by messages of the page's own. */
async function run(input, runOptions) {
  /** @type {Worker} */
  const worker = await downloads.load('model');
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
  worker.postMessage({ ask: [input, runOptions] }, [port2]);
  return answer;
}

Object.assign(globalThis, { downloads, states, workers, run });
