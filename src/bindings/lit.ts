import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { AggregateProgressInfo, DownloadState } from '../core/index.js';
import type { ModelDownloads } from '../page/index.js';
import { createActions, type ModelDownloadActions } from './actions.js';
import { keepConnected } from './keep-connected.js';
import { keyDownloadOf, type KeyDownload, type ModelDownloadSnapshot } from './key-download.js';
import { requireDownloads } from './require-downloads.js';

export type { ModelDownloadActions } from './actions.js';

/**
 * Updates its host with each change of a download, and connects the `ModelDownloads` to the document, while the host is
 * connected. Starts no download. The page owns the object, which is not disposed.
 *
 * @example
 * ```ts
 * class MyChat extends LitElement {
 *   readonly #mood = new ModelDownloadController(this, 'mood', downloads);
 *
 *   render() {
 *     return html`<button @click=${this.#mood.actions.start}>${this.#mood.state.status}</button>`;
 *   }
 * }
 * ```
 */
export class ModelDownloadController implements ReactiveController {
  /** The actions of the model. */
  readonly actions: ModelDownloadActions;

  readonly #host: ReactiveControllerHost;
  readonly #downloads: ModelDownloads;
  readonly #readKey: () => string;
  #followed: KeyDownload | undefined;
  #unsubscribe: (() => void) | undefined;
  #release: (() => void) | undefined;
  #isHydrating = false;
  #hasUpdated = false;

  /**
   * @param host The element to which the controller is added.
   * @param modelKey The key of the model, or a function that returns it, for a key that changes with a property of the host.
   * @param downloads The object of the page.
   * @throws Error without an object.
   */
  constructor(host: ReactiveControllerHost, modelKey: string | (() => string), downloads: ModelDownloads) {
    this.#host = host;
    this.#downloads = requireDownloads(downloads, 'Pass the object after the key.');
    this.#readKey = typeof modelKey === 'string' ? () => modelKey : modelKey;
    this.actions = createActions(downloads, this.#readKey);
    host.addController(this);
  }

  /** The state of the download. `idle` on a server, and while the key is not defined. */
  get state(): DownloadState {
    return this.#snapshot.state;
  }

  /** The progress of the files; `undefined` before the first attempt. */
  get aggregate(): AggregateProgressInfo | undefined {
    return this.#snapshot.aggregate;
  }

  /** Called by the host. */
  hostConnected(): void {
    const { shadowRoot } = this.#host as Partial<Element>;
    // Lit hydrates a server's tree only if the first rendering equals the server's.
    this.#isHydrating = !this.#hasUpdated && Boolean(shadowRoot?.firstElementChild);
    this.#release = keepConnected(this.#downloads);
    this.#follow();
  }

  /** Called by the host. */
  hostUpdate(): void {
    if (this.#release && this.#download !== this.#followed) this.#follow();
  }

  /** Called by the host. */
  hostUpdated(): void {
    this.#hasUpdated = true;
    if (!this.#isHydrating) return;
    this.#isHydrating = false;
    this.#host.requestUpdate();
  }

  /** Called by the host. */
  hostDisconnected(): void {
    this.#unsubscribe?.();
    this.#release?.();
    this.#unsubscribe = this.#release = this.#followed = undefined;
  }

  get #download(): KeyDownload {
    return keyDownloadOf(this.#downloads, this.#readKey());
  }

  get #snapshot(): ModelDownloadSnapshot {
    return this.#isHydrating ? this.#download.getInitialSnapshot() : this.#download.getSnapshot();
  }

  #follow(): void {
    this.#unsubscribe?.();
    this.#followed = this.#download;
    this.#unsubscribe = this.#followed.subscribe(() => this.#host.requestUpdate());
    // The state can have changed while the host was disconnected.
    this.#host.requestUpdate();
  }
}
