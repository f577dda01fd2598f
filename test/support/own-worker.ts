// A real worker with models of its own: one that is usable at once, and one that never is.
import { exposeDownloads } from 'model-download/adapters/worker';

exposeDownloads(globalThis, {
  transfer: false,
  models: { usable: { load: () => Promise.resolve('model') }, endless: { load: () => new Promise(() => undefined) } },
});
