// Like module-worker.js, for pages whose bundler creates classic workers.
/* global ModelDownloadWorker */
importScripts('/dist/cdn/worker.umd.js');

const { version, remoteHost, verify } = JSON.parse(new URLSearchParams(location.search).get('settings'));
const transformers = async () => (await import('/demo/transformers.js')).importTransformers(version, remoteHost);
const models = ModelDownloadWorker.exposeDownloads(self, { transformers, verify });

self.addEventListener('message', async ({ data, ports: [port] }) => {
  if (!data.ask) return;
  /** @type {(...ask: unknown[]) => Promise<unknown>} */
  const pipe = await models.get('model');
  port.postMessage(await pipe(...data.ask));
});
