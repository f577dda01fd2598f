import type { AggregateProgressInfo, DownloadState, DownloadStatus } from '../core/index.js';
import {
  ModelDownloadCancelRequestEvent,
  ModelDownloadChangeEvent,
  ModelDownloadChooseModelRequestEvent,
  ModelDownloadEstimateRequestEvent,
  ModelDownloadPauseRequestEvent,
  ModelDownloadQueryEvent,
  ModelDownloadRestartRequestEvent,
  ModelDownloadResumeRequestEvent,
  ModelDownloadRetryRequestEvent,
  ModelDownloadStartRequestEvent,
  type ModelDownloadChooseModelRequestDetail,
  type ModelDownloadQueryDetail,
} from '../protocol/index.js';
import type { DownloadControls } from './download-controls.js';
import { claimKey, releaseKey, writerOf, type KeyWriter } from './key-writers.js';

/** What the connection needs of the downloads it speaks for. */
export interface ConnectedManager {
  /** The manager, which tells its connections from those of others. */
  readonly owner: object;
  /** The state of a download it defined; `undefined` for any other. */
  getState(modelKey: string): DownloadState | undefined;
  /** The states of all downloads, in the order in which they were asked for. */
  getStates(): readonly DownloadState[];
  getAggregate(modelKey: string): AggregateProgressInfo | undefined;
  /** What the elements may ask for. */
  readonly controls: DownloadControls;
  estimate(modelKey: string): void;
  /** The other manager is gone. Returns whether the model has another state now, which has been told. */
  regain(modelKey: string): boolean;
  /** Offers a different model; `undefined` where the page has none to offer. */
  readonly chooseModel: ((request: ModelDownloadChooseModelRequestDetail) => void) | undefined;
}

/**
 * Speaks the event protocol on one root: answers questions, acts on requests, tells changes. Only for
 * models that no other manager has taken over there.
 */
export class EventConnection implements KeyWriter {
  readonly #root: EventTarget;
  readonly #downloads: ConnectedManager;
  readonly #controller = new AbortController();
  /** The models that it has claimed, with the status that was told last. */
  readonly #statuses = new Map<string, DownloadStatus | undefined>();

  constructor(root: EventTarget, downloads: ConnectedManager) {
    this.#root = root;
    this.#downloads = downloads;
    const { controls } = downloads;
    this.#listen(ModelDownloadStartRequestEvent.eventName, (key) => controls.start(key));
    this.#listen(ModelDownloadEstimateRequestEvent.eventName, (key) => downloads.estimate(key));
    this.#listen(ModelDownloadPauseRequestEvent.eventName, (key) => controls.pause(key));
    this.#listen(ModelDownloadResumeRequestEvent.eventName, (key) => controls.resume(key));
    this.#listen(ModelDownloadCancelRequestEvent.eventName, (key) => controls.cancel(key));
    this.#listen(ModelDownloadRetryRequestEvent.eventName, (key) => controls.retry(key));
    this.#listen(ModelDownloadRestartRequestEvent.eventName, (key) => void controls.restart(key));
    this.#listen(ModelDownloadChooseModelRequestEvent.eventName, (modelKey, { reason }) => {
      controls.cancel(modelKey, 'A different model was chosen.');
      downloads.chooseModel?.({ modelKey, reason: typeof reason === 'string' ? reason : undefined });
    });
    root.addEventListener(ModelDownloadQueryEvent.eventName, (event) => this.#answer(event), {
      signal: this.#controller.signal,
    });
  }

  get owner(): object {
    return this.#downloads.owner;
  }

  /** Whether it speaks for a model: it has told its state, and no other manager has taken it over. */
  speaksFor(modelKey: string): boolean {
    return writerOf(this.#root, modelKey)?.owner === this.owner;
  }

  /** Whether another manager speaks for a model. */
  hasLost(modelKey: string): boolean {
    return writerOf(this.#root, modelKey) !== undefined && !this.speaksFor(modelKey);
  }

  lose(modelKey: string): void {
    this.#downloads.controls.lose(modelKey);
  }

  regain(modelKey: string): void {
    if (this.#downloads.regain(modelKey)) return;
    const state = this.#downloads.getState(modelKey);
    if (state) this.tell(state);
  }

  /** Tells a state to all listeners on the root. The first of a model takes it over from other managers. */
  tell(state: DownloadState): void {
    const { modelKey, status } = state;
    if (!this.#statuses.has(modelKey)) {
      this.#statuses.set(modelKey, undefined);
      claimKey(this.#root, modelKey, this);
    }
    if (!this.speaksFor(modelKey)) return;
    const previousStatus = this.#statuses.get(modelKey);
    this.#statuses.set(modelKey, status);
    const aggregate = this.#downloads.getAggregate(modelKey);
    this.#root.dispatchEvent(new ModelDownloadChangeEvent({ modelKey, state: this.#offering(state), aggregate, previousStatus }));
  }

  /** Lets go of the root. */
  disconnect(): void {
    this.#controller.abort();
    for (const modelKey of this.#statuses.keys()) releaseKey(this.#root, modelKey, this);
    this.#statuses.clear();
  }

  /** A download that needs a way on also says whether there is a different model. */
  #offering(state: DownloadState): DownloadState {
    const { status, can } = state;
    if (!this.#downloads.chooseModel || (status !== 'waiting' && status !== 'failed')) return state;
    return Object.freeze({ ...state, can: Object.freeze({ ...can, chooseModel: true }) });
  }

  #listen(eventName: string, act: (modelKey: string, detail: { readonly reason?: unknown }) => void): void {
    const listener = (event: Event): void => {
      const modelKey = modelKeyOf(event);
      if (modelKey === undefined || !this.speaksFor(modelKey)) return;
      // A listener that was added later may still refuse.
      queueMicrotask(() => {
        if (!event.defaultPrevented) act(modelKey, (event as CustomEvent<{ reason?: unknown }>).detail);
      });
    };
    this.#root.addEventListener(eventName, listener, { signal: this.#controller.signal });
  }

  #answer(event: Event): void {
    const { detail } = event as CustomEvent<Partial<ModelDownloadQueryDetail> | null>;
    const modelKey = modelKeyOf(event);
    // Without a key it is all of them that are asked for.
    const states = modelKey === '' ? this.#downloads.getStates() : [this.#downloads.getState(modelKey ?? '')];
    for (const state of states) {
      if (state && this.speaksFor(state.modelKey)) detail?.answer?.(this.#offering(state), this.#downloads.getAggregate(state.modelKey));
    }
  }
}

/** Events come from any script of the page; only a text names a download. */
function modelKeyOf(event: Event): string | undefined {
  const modelKey = (event as CustomEvent<{ modelKey?: unknown } | null>).detail?.modelKey;
  return typeof modelKey === 'string' ? modelKey : undefined;
}
