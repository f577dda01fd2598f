// The script of a worker: it uses the bridge if our package loads the model, else it makes the whole visit itself.
import { arrange } from './arrangements.js';
import { answers } from './answer.js';
import { importTransformers } from './transformers.js';
import { visit } from './visit.js';

/**
 * @param {any} settings
 * @param {(scope: any, options: object) => { get: (modelKey: string) => Promise<any> }} exposeDownloads
 */
export function workerVisit(settings, exposeDownloads) {
  if (settings.side !== 'downloads') return void visit(settings).then((outcome) => self.postMessage(outcome));
  const transformers = async () => {
    const module = await importTransformers(settings);
    await arrange(module, settings);
    return module;
  };
  const models = exposeDownloads(self, { transformers });
  self.addEventListener('message', async ({ data, ports: [port] }) => {
    if (data.ask) port.postMessage(await answers(await models.get('model'), settings.sample));
  });
}
