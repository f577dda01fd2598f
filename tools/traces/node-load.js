// The script of the separate process, which node-client.js controls.
import { recordLoad } from './load.js';

const packages = { 2: '@xenova/transformers', 3: 'transformers-v3', 4: 'transformers-v4' };

/** @type {import('../../dist/adapters/transformers.js').TransformersModule} */
let transformers;

/** @type {Record<string, (request: Record<string, never>) => unknown>} */
const answers = {
  now: () => performance.now(),
  async prepare({ version, remoteHost, cacheDir }) {
    transformers = await import(packages[version]);
    Object.assign(transformers.env, { remoteHost, cacheDir, allowLocalModels: false });
  },
  run: ({ definition, transfer, namespace }) => recordLoad(transformers, definition, { transfer, namespace }),
};

process.on('message', async ({ name, request }) => {
  try {
    process.send?.({ value: await answers[name](request) });
  } catch (error) {
    process.send?.({ error: String(error) });
  }
});
// The parent process has ended.
process.on('disconnect', () => process.exit());
