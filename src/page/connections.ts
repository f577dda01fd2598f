import type { DownloadState } from '../core/index.js';
import { EventConnection, type ConnectedManager } from './event-connection.js';

/** The roots on which the downloads of a page speak the event protocol. */
export class Connections {
  readonly #downloads: ConnectedManager;
  readonly #connections = new Set<EventConnection>();

  constructor(downloads: ConnectedManager) {
    this.#downloads = downloads;
  }

  get isEmpty(): boolean {
    return this.#connections.size === 0;
  }

  /** Speaks on `root`, beginning with `states`. Returns what ends that. */
  connect(root: EventTarget, states: readonly DownloadState[]): () => void {
    const connection = new EventConnection(root, this.#downloads);
    this.#connections.add(connection);
    for (const state of states) connection.tell(state);
    return () => {
      this.#connections.delete(connection);
      connection.disconnect();
    };
  }

  tell(state: DownloadState): void {
    for (const connection of this.#connections) connection.tell(state);
  }

  /** Whether another manager speaks for a model on one of the roots. */
  hasLost(modelKey: string): boolean {
    return [...this.#connections].some((connection) => connection.hasLost(modelKey));
  }

  /** @throws DOMException `InvalidStateError` where another manager loads the model. */
  throwIfLost(modelKey: string): void {
    if (!this.hasLost(modelKey)) return;
    throw new DOMException(`Another ModelDownloads, connected to the document later, loads "${modelKey}"`, 'InvalidStateError');
  }

  /** Lets go of every root. */
  dispose(): void {
    for (const connection of this.#connections) connection.disconnect();
    this.#connections.clear();
  }
}
