import type { AggregateProgressInfo } from '../progress/progress-info.js';
import type { QueueSlot } from './queue-slot.js';
import type { TaskStates } from './task-states.js';
import type { TransferControl } from './transfer-control.js';

/** The collaborators of a {@link RunPause}. */
export interface RunPauseContext {
  /** `undefined` where nothing can be paused. */
  readonly transfer: TransferControl | undefined;
  readonly slot: QueueSlot;
  readonly states: TaskStates;
}

/** The pause of one run. A pause before the first request of a file takes effect with that request. */
export class RunPause {
  readonly #context: RunPauseContext;
  /** Whether a pause waits for a transfer that it can stop. */
  #isDue = false;

  constructor(context: RunPauseContext) {
    this.#context = context;
  }

  /** Pauses the transfer at once. The state becomes `paused` as soon as there is a transfer to stop, or at once in the queue. */
  pause(): void {
    const { transfer, slot, states } = this.#context;
    if (states.isPaused || !transfer) return;
    transfer.pause();
    // While the run waits in the queue, no loader runs that would go on.
    this.#isDue = !transfer.canPause && !slot.isWaiting;
    if (!this.#isDue) this.#show();
  }

  /** Continues the transfer. @param aggregate The files as of now. */
  resume(aggregate: AggregateProgressInfo | undefined): void {
    const { transfer, slot, states } = this.#context;
    if (!this.#isDue && !states.isPaused) return;
    this.#isDue = false;
    if (states.isPaused) {
      slot.acquireAtOnce();
      states.resume(aggregate);
    }
    transfer?.resume();
  }

  /** Pauses an attempt that has just begun, if the run is paused. The pause of the last attempt does not apply to the new one. */
  hold(): void {
    if (this.#isDue || this.#context.states.isPaused) this.#context.transfer?.pause();
  }

  /** Shows a pause that was requested before there was a transfer to stop. Called after each event. */
  check(): void {
    if (this.#isDue && this.#context.transfer?.canPause) this.#show();
  }

  #show(): void {
    this.#isDue = false;
    this.#context.slot.release();
    this.#context.states.pause();
  }
}
