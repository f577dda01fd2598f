import { NO_ACTIONS, type DownloadStates, type QueueSlot } from '../../core/internal.js';

/** The collaborators of a {@link RemotePause}. */
export interface RemotePauseContext {
  readonly modelKey: string;
  readonly states: DownloadStates;
  readonly slot: QueueSlot;
  /** Sends a command to the worker, if there is one. */
  readonly send: (kind: 'pause' | 'resume') => void;
}

/** The pause of a worker's download. If it is requested before the worker requests the first file, it takes effect with that request. */
export class RemotePause {
  /** Whether a pause was requested before there was anything to pause. A worker that is then requested to load is paused, too. */
  isDue = false;
  readonly #context: RemotePauseContext;

  constructor(context: RemotePauseContext) {
    this.#context = context;
  }

  /** Pauses the running load. */
  pause(): void {
    const { modelKey, states, slot, send } = this.#context;
    send('pause');
    this.isDue = !states.getState(modelKey)?.can.pause;
    if (this.isDue) return;
    slot.release();
    states.pauseDownload(modelKey, { can: { ...NO_ACTIONS, resume: true, cancel: true } });
  }

  /** Resumes the running load. */
  resume(): void {
    const { modelKey, states, slot, send } = this.#context;
    send('resume');
    this.isDue = false;
    if (states.getState(modelKey)?.status !== 'paused') return;
    slot.acquireAtOnce();
    states.updateDownload(modelKey, { status: 'checking', can: { ...NO_ACTIONS, cancel: true } });
  }
}
