// A real worker with its own models: one that loads immediately, and one that never does.
import { exposeDownloads } from 'model-download/adapters/worker';

exposeDownloads(globalThis, {
  transfer: false,
  models: { usable: { load: () => Promise.resolve('model') }, endless: { load: () => new Promise(() => undefined) } },
});
