import { ProgressStateManager, type DownloadState } from 'model-download/core';
import { DownloadTask, type TransferControl } from '#dist/core/internal.js';
import type { ModelLoader, ModelLoaderContext } from 'model-download/adapters/response';
import { FakeClock } from './fake-clock.js';

const KEY = 'own';

/** Beside a transfer layer that carries none of the loader's bytes, as in a page of `ModelDownloads`. */
const IDLE_TRANSFER: TransferControl = {
  canPause: false,
  kept: undefined,
  pause: () => undefined,
  resume: () => undefined,
  discard: () => Promise.resolve(),
};

/** Runs a loader as `ModelDownloads` would, in a time of the test's own. */
export function runLoader<T>(loader: ModelLoader<T>, given: Partial<ModelLoaderContext> = {}) {
  const clock = new FakeClock();
  const states = new ProgressStateManager({ clock });
  const events: unknown[] = [];
  const task = new DownloadTask<T>({
    modelKey: KEY,
    modelName: 'Own',
    states,
    clock,
    transfer: given.fetch ? undefined : IDLE_TRANSFER,
    interactive: false,
    load: (context) =>
      loader({
        fetch,
        ...context,
        ...given,
        progress_callback: (event) => {
          events.push(event);
          context.progress_callback(event);
        },
        report: (signal) => {
          events.push(signal);
          context.report(signal);
        },
      }),
  });
  const result = task.join();
  result.catch(() => undefined);
  /** The state once everything so far has been told. */
  const shown = (): DownloadState => {
    clock.advance(1_000);
    const state = states.getState(KEY);
    if (!state) throw new Error('No state');
    return state;
  };
  return { task, clock, events, result, shown };
}
