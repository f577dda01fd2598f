// In: states of downloads, and events of the elements. Out: `model-download-change` events, and calls of the actions.
import type { AggregateProgressInfo, DownloadState, DownloadStatus } from '../core/index.js';
import { addListener, whenDownloadExpected } from '../core/internal.js';
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
import type { PageStorage } from './storage/page-storage.js';
import { claimKey, releaseKey, writerOf, type KeyWriter } from './key-writers.js';

/** The downloads that an event connection announces and controls. */
export interface ConnectedManager {
  /** The manager, which identifies its connections among those of other managers. */
  readonly owner: object;
  /** The state of a download; `undefined` if the manager did not define it. */
  getState(modelKey: string): DownloadState | undefined;
  /** The states of all downloads, in the order in which they were requested. */
  getStates(): readonly DownloadState[];
  getAggregate(modelKey: string): AggregateProgressInfo | undefined;
  /** The actions that elements can request. */
  readonly controls: DownloadControls;
  estimate(modelKey: string): void;
  /** Sets the variant that the next load uses. Without effect for an unknown variant. */
  choose(modelKey: string, variant: unknown): Promise<void>;
  /** Imports the code that handles the events of `<model-storage>`. */
  storage(): Promise<PageStorage>;
  /**
   * Called when the manager that took the model over has been disconnected. Returns whether the model has a new state, which is
   * already announced.
   */
  regain(modelKey: string): boolean;
  /** Lets the user choose a different model; `undefined` if the page has no choice to offer. */
  readonly chooseModel: ((request: ModelDownloadChooseModelRequestDetail) => void) | undefined;
}

/**
 * Implements the event protocol on one root: handles queries and requests, and announces changes. Ignores models that another manager
 * has taken over in the document.
 */
export class EventConnection implements KeyWriter {
  readonly #root: EventTarget;
  readonly #downloads: ConnectedManager;
  /** Functions that remove one listener each. */
  readonly #removals: (() => void)[] = [];
  /** The claimed models, with the status that was announced last. */
  readonly #announcedStatuses = new Map<string, DownloadStatus | undefined>();

  constructor(root: EventTarget, downloads: ConnectedManager) {
    this.#root = root;
    this.#downloads = downloads;
    const { controls } = downloads;
    this.#listen(ModelDownloadStartRequestEvent, (key, { variant }) => {
      const start = (): void => controls.start(key);
      // If the import fails, the load fails too, and its state has the reason.
      if (variant) downloads.choose(key, variant).then(start, start);
      else start();
    });
    this.#listen(ModelDownloadEstimateRequestEvent, (key) => downloads.estimate(key));
    this.#listen(ModelDownloadPauseRequestEvent, (key) => controls.pause(key));
    this.#listen(ModelDownloadResumeRequestEvent, (key) => controls.resume(key));
    this.#listen(ModelDownloadCancelRequestEvent, (key) => controls.cancel(key));
    this.#listen(ModelDownloadRetryRequestEvent, (key) => controls.retry(key));
    // If the stored files cannot be deleted, the download keeps its failure.
    this.#listen(ModelDownloadRestartRequestEvent, (key) => void controls.restart(key).catch(() => undefined));
    this.#listen(ModelDownloadChooseModelRequestEvent, (modelKey, { reason }) => {
      controls.cancel(modelKey, 'A different model was chosen.');
      downloads.chooseModel?.({ modelKey, reason: typeof reason === 'string' ? reason : undefined });
    });
    // The classes of these events are not imported: only pages with a `<model-storage>` load them.
    for (const kind of ['query', 'remove-request', 'persist-request']) {
      this.#add(`model-storage-${kind}`, (event) => this.#answerStorage(event));
    }
    this.#removals.push(whenDownloadExpected(() => controls.preload()));
    this.#add(ModelDownloadQueryEvent.eventName, (event) => this.#answerQuery(event));
  }

  get owner(): object {
    return this.#downloads.owner;
  }

  /** Whether this manager is the writer of a model: it announced a state, and no other manager took the model over. */
  isWriterOf(modelKey: string): boolean {
    return writerOf(this.#root, modelKey)?.owner === this.owner;
  }

  /** Whether another manager is the writer of a model. */
  hasLost(modelKey: string): boolean {
    return writerOf(this.#root, modelKey) !== undefined && !this.isWriterOf(modelKey);
  }

  cancelReplaced(modelKey: string): void {
    this.#downloads.controls.cancelReplaced(modelKey);
  }

  regain(modelKey: string): void {
    if (this.#downloads.regain(modelKey)) return;
    const state = this.#downloads.getState(modelKey);
    if (state) this.announce(state);
  }

  /** Announces a state on the root. The first state of a model takes the model over from other managers. */
  announce(state: DownloadState): void {
    const { modelKey, status } = state;
    if (!this.#announcedStatuses.has(modelKey)) {
      this.#announcedStatuses.set(modelKey, undefined);
      claimKey(this.#root, modelKey, this);
    }
    if (!this.isWriterOf(modelKey)) return;
    const previousStatus = this.#announcedStatuses.get(modelKey);
    this.#announcedStatuses.set(modelKey, status);
    const aggregate = this.#downloads.getAggregate(modelKey);
    this.#root.dispatchEvent(new ModelDownloadChangeEvent({ modelKey, state: this.#withChoice(state), aggregate, previousStatus }));
  }

  /** Removes the listeners, and releases the claimed models. */
  disconnect(): void {
    for (const remove of this.#removals) remove();
    for (const modelKey of this.#announcedStatuses.keys()) releaseKey(this.#root, modelKey, this);
    this.#announcedStatuses.clear();
  }

  /** Adds `can.chooseModel` to a failed or waiting state if the page lets the user choose a different model. */
  #withChoice(state: DownloadState): DownloadState {
    const { status, can } = state;
    if (!this.#downloads.chooseModel || (status !== 'waiting' && status !== 'failed')) return state;
    return Object.freeze({ ...state, can: Object.freeze({ ...can, chooseModel: true }) });
  }

  #listen({ eventName }: { readonly eventName: string }, handle: (modelKey: string, detail: RequestFields) => void): void {
    this.#add(eventName, (event) => {
      const modelKey = modelKeyOf(event);
      if (modelKey === undefined || !this.isWriterOf(modelKey)) return;
      // A listener that was added later may still call `preventDefault()`.
      queueMicrotask(() => {
        if (!event.defaultPrevented) handle(modelKey, (event as CustomEvent<RequestFields>).detail);
      });
    });
  }

  #add(eventName: string, listener: (event: Event) => void): void {
    this.#removals.push(addListener(this.#root, eventName, listener));
  }

  #answerStorage(event: Event): void {
    const answer = this.#downloads.storage().then((storage) => storage.handle(event, this));
    // A script of the page can dispatch the event without an `answer` function: then no other code handles a rejection.
    answer.catch(() => undefined);
    (event as CustomEvent<{ answer?: (answer: Promise<unknown>) => void } | null>).detail?.answer?.(answer);
  }

  #answerQuery(event: Event): void {
    const { detail } = event as CustomEvent<Partial<ModelDownloadQueryDetail> | null>;
    const modelKey = modelKeyOf(event);
    // An empty key requests all downloads.
    const states = modelKey === '' ? this.#downloads.getStates() : [this.#downloads.getState(modelKey ?? '')];
    for (const state of states) {
      if (state && this.isWriterOf(state.modelKey)) detail?.answer?.(this.#withChoice(state), this.#downloads.getAggregate(state.modelKey));
    }
  }
}

/** The fields of a request's detail besides the key. Any script can dispatch a request, so their types are checked. */
interface RequestFields {
  readonly reason?: unknown;
  readonly variant?: unknown;
}

/** The key in an event's detail. Any script can dispatch an event, so the type is checked. */
function modelKeyOf(event: Event): string | undefined {
  const modelKey = (event as CustomEvent<{ modelKey?: unknown } | null>).detail?.modelKey;
  return typeof modelKey === 'string' ? modelKey : undefined;
}
