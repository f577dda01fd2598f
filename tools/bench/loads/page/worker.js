import { exposeDownloads } from '/dist/cdn/worker.js';
import { compiled } from './compile-watch.js';
import { measure } from './outcome.js';
import { setUp } from './setup.js';
import { sides } from './sides.js';

const settings = JSON.parse(new URLSearchParams(location.search).get('settings'));
const { side, definition, sample } = settings;

if (side === 'ours') {
  const models = exposeDownloads(/** @type {any} */ (self), { transformers: () => setUp(settings) });
  self.addEventListener('message', async ({ data, ports: [port] }) => {
    if (port === undefined || data.input === undefined) return;
    const pipeline = await models.get('model');
    port.postMessage({ output: await /** @type {any} */ (pipeline)(data.input, sample.options), compiled });
  });
} else {
  const transformers = await setUp(settings);
  self.postMessage(await measure(() => sides[side](transformers, definition, undefined), sample));
}
