// A module worker that loads the models of the page, and answers its requests.
import { exposeDownloads } from '/dist/cdn/worker.js';
import { importTransformers } from '/demo/transformers.js';

const { version, remoteHost, verify } = JSON.parse(new URLSearchParams(location.search).get('settings'));
const models = exposeDownloads(self, { transformers: () => importTransformers(version, remoteHost), verify });

self.addEventListener('message', async ({ data, ports: [port] }) => {
  if (!data.ask) return;
  /** @type {(...ask: unknown[]) => Promise<unknown>} */
  const pipe = await models.get('model');
  port.postMessage(await pipe(...data.ask));
});
