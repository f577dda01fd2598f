import { ModelDownloads, type DownloadState, type ModelDownloadsOptions } from 'model-download';
import type { ExposeOptions, ModelLoaderContext } from 'model-download/adapters/worker';
import { FakeClock } from './fake-clock.js';
import { FakeWorker } from './fake-worker.js';

export const MB = 1_000_000;
export const FILE = 'onnx/model.onnx';

/** A load of a worker, which the test settles. */
export interface Load {
  readonly context: ModelLoaderContext;
  readonly resolve: (model: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * A page with workers whose loads the test settles.
 *
 * @param exposed The options of each worker; its models are added to `phi` and `other`.
 * @param page The options of the page.
 */
export async function workerPage(exposed: ExposeOptions = {}, page: Pick<ModelDownloadsOptions, 'recovery' | 'concurrency'> = {}) {
  const clock = new FakeClock();
  const workers: FakeWorker[] = [];
  const loads: Load[] = [];
  const load = (context: ModelLoaderContext): Promise<unknown> =>
    new Promise((resolve, reject) => loads.push({ context, resolve, reject }));
  const files = [{ file: FILE, size: 10 * MB }];
  const models = { phi: { name: 'Phi-3', load, files }, other: { load, files }, ...exposed.models };
  const start = (): Worker => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker.expose({ clock, transfer: false, automaticAttempts: 0, ...exposed, models }).asWorker;
  };
  const downloads = new ModelDownloads({ storage: null, clock, recovery: 'ask', ...page });
  const disconnect = await downloads.connectWorker(start);
  const states: DownloadState[] = [];
  downloads.subscribe('phi', (state) => states.push(state));
  const loadAt = async (index: number): Promise<Load> => {
    await crossed();
    return loads[index]!;
  };
  return { clock, workers, loads, loadAt, downloads, disconnect, states, state: () => downloads.getState('phi') };
}

/** Waits until messages and their effects have been processed: a few turns of the event loop. */
export async function crossed(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) {
    await new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(0);
    });
  }
}
