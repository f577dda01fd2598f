// In: the states of a `ModelDownloads`. Out: one frozen snapshot for each state of one model.
import type { AggregateProgressInfo, DownloadState } from '../core/index.js';
import { NO_ACTIONS } from '../core/internal.js';
import type { ModelDownloads } from '../page/index.js';
import { createActions, type ModelDownloadActions } from './actions.js';

/** The download of one model at one moment. Frozen; a change makes a new object. */
export interface ModelDownloadSnapshot {
  /** The state of the download. `idle` on a server, and while the key is not defined. */
  readonly state: DownloadState;
  /** The progress of the files; `undefined` before the first attempt. */
  readonly aggregate: AggregateProgressInfo | undefined;
  /** The actions of the model. The object is the same for each snapshot of a key. */
  readonly actions: ModelDownloadActions;
}

/** The snapshots of one model. The functions need no `this`, as frameworks pass them on. */
export class KeyDownload {
  readonly #downloads: ModelDownloads;
  readonly #modelKey: string;
  readonly #actions: ModelDownloadActions;
  #initial: ModelDownloadSnapshot | undefined;
  #last: ModelDownloadSnapshot | undefined;

  constructor(downloads: ModelDownloads, modelKey: string) {
    this.#downloads = downloads;
    this.#modelKey = modelKey;
    this.#actions = createActions(downloads, () => modelKey);
  }

  /** Calls `onChange` after each new snapshot. Returns a function that ends the subscription. */
  readonly subscribe = (onChange: () => void): (() => void) => this.#downloads.subscribe(this.#modelKey, () => onChange());

  /** The current snapshot: the same object until the state changes. */
  readonly getSnapshot = (): ModelDownloadSnapshot => {
    const state = this.#downloads.getState(this.#modelKey);
    // A page begins with the HTML of the server, which must not depend on what the server itself loads.
    if (!state || typeof document === 'undefined') return this.getInitialSnapshot();
    const aggregate = this.#downloads.getAggregate(this.#modelKey);
    if (this.#last?.state !== state || this.#last.aggregate !== aggregate) this.#last = this.#snapshotOf(state, aggregate);
    return this.#last;
  };

  /** The snapshot of a server, and of the first rendering of a page that hydrates the server's HTML. */
  readonly getInitialSnapshot = (): ModelDownloadSnapshot => {
    const modelName = this.#downloads.getState(this.#modelKey)?.modelName ?? this.#modelKey;
    // A key can be defined later, with a name.
    if (this.#initial?.state.modelName !== modelName) this.#initial = this.#snapshotOf(idleState(this.#modelKey, modelName), undefined);
    return this.#initial;
  };

  #snapshotOf(state: DownloadState, aggregate: AggregateProgressInfo | undefined): ModelDownloadSnapshot {
    return Object.freeze({ state, aggregate, actions: this.#actions });
  }
}

/** `lastUpdate` is 0: a time would differ between a server and a page. */
function idleState(modelKey: string, modelName: string): DownloadState {
  const figures = { bytesDownloaded: 0, attempt: 0, maxAttempts: 0, lastUpdate: 0 };
  return Object.freeze({ ...figures, modelKey, modelName, status: 'idle', can: NO_ACTIONS });
}

const known = new WeakMap<ModelDownloads, Map<string, KeyDownload>>();

/** Returns the snapshots of a model, as the same object for each call: frameworks compare the functions and the actions. */
export function keyDownloadOf(downloads: ModelDownloads, modelKey: string): KeyDownload {
  const byKey = known.get(downloads) ?? new Map<string, KeyDownload>();
  const download = byKey.get(modelKey) ?? new KeyDownload(downloads, modelKey);
  known.set(downloads, byKey.set(modelKey, download));
  return download;
}
