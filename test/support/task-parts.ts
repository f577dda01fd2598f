// The loads of one download for the tests of tasks and runs.
import { ProgressStateManager, type DownloadLoaderContext, type DownloadState } from 'model-download/core';
import { DownloadTask, QueueSlot, type DownloadQueue, type DownloadTaskOptions, type TransferControl } from '#dist/core/internal.js';
import { FakeClock } from './fake-clock.js';

export const MB = 1_000_000;

/** The only file of the download, of 10 MB. */
export const FILE = 'onnx/model.onnx';

/** A load that the test ends. */
export interface Load {
  readonly context: DownloadLoaderContext;
  readonly resolve: (value: string) => void;
  readonly reject: (error: unknown) => void;
}

/** A transfer that records its calls. */
export class FakeTransfer implements TransferControl {
  canPause = true;
  kept: boolean | undefined = true;
  readonly calls: string[] = [];
  /** The result of `discard()`. */
  discarded: Promise<void> = Promise.resolve();

  pause(): void {
    this.calls.push('pause');
  }

  resume(): void {
    this.calls.push('resume');
  }

  discard(): Promise<void> {
    this.calls.push('discard');
    return this.discarded;
  }
}

/** The options of a download whose loads the test ends, and the states that it writes. */
export function heldLoads(given: Partial<DownloadTaskOptions<string>> = {}, clock: FakeClock = new FakeClock()) {
  const { modelKey = 'phi', states = new ProgressStateManager({ clock }) } = given;
  const loads: Load[] = [];
  const received: DownloadState[] = [];
  states.subscribe(modelKey, (state) => received.push(state));
  const options: DownloadTaskOptions<string> = {
    modelKey,
    modelName: 'Phi-3',
    states,
    clock,
    random: () => 1,
    plan: () => [{ file: FILE, size: 10 * MB }],
    load: (context) => new Promise((resolve, reject) => loads.push({ context, resolve, reject })),
    ...given,
  };
  return { options, clock, states, loads, received, state: () => states.getState(modelKey) };
}

/** A task whose loads the test ends. `statuses()` returns the changes of the status. */
export function taskOf(given: Partial<DownloadTaskOptions<string>> = {}, clock?: FakeClock) {
  const parts = heldLoads(given, clock);
  const statuses = (): string[] => parts.received.map(({ status }) => status).filter((status, index, all) => status !== all[index - 1]);
  return { ...parts, task: new DownloadTask<string>(parts.options), statuses };
}

/** The slot of another download, requested now. */
export function takenSlot(queue: DownloadQueue): QueueSlot {
  const slot = new QueueSlot(queue);
  slot.acquire();
  return slot;
}
