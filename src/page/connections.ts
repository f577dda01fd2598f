// In: the states of the downloads. Out: each state to every connection.
import type { DownloadState } from '../core/index.js';
import type { DownloadStates } from '../core/internal.js';
import { EventConnection, type ConnectedManager } from './event-connection.js';

/** The event connections of a `ModelDownloads`, one for each root. */
export class Connections {
  readonly #states: DownloadStates;
  readonly #downloads: ConnectedManager;
  readonly #connections = new Set<EventConnection>();

  constructor(states: DownloadStates, downloads: ConnectedManager) {
    this.#states = states;
    this.#downloads = downloads;
  }

  get isEmpty(): boolean {
    return this.#connections.size === 0;
  }

  /** Connects to `root` and announces `states` there. Returns a function that disconnects. */
  connect(root: EventTarget, states: readonly DownloadState[]): () => void {
    const connection = new EventConnection(root, this.#downloads);
    this.#connections.add(connection);
    for (const state of states) connection.announce(state);
    return () => {
      this.#connections.delete(connection);
      connection.disconnect();
    };
  }

  /** Announces each state of a model from now on. */
  follow(modelKey: string): void {
    this.#states.subscribe(modelKey, (state) => {
      for (const connection of this.#connections) connection.announce(state);
    });
  }

  /** Whether another manager is the writer of a model on one of the roots. */
  hasLost(modelKey: string): boolean {
    return [...this.#connections].some((connection) => connection.hasLost(modelKey));
  }

  /** @throws DOMException `InvalidStateError` if another manager is the writer of the model. */
  throwIfLost(modelKey: string): void {
    if (!this.hasLost(modelKey)) return;
    throw new DOMException(`Another ModelDownloads has taken the model over: "${modelKey}"`, 'InvalidStateError');
  }

  /** Disconnects from every root. */
  dispose(): void {
    for (const connection of this.#connections) connection.disconnect();
    this.#connections.clear();
  }
}
