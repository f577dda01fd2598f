import type { LitElement, ReactiveController } from 'lit';
import { addStyles } from '../adopt-styles.js';
import { loadedViews, loadViews } from '../load-views.js';
import type { View } from '../parts/view.js';
import type * as Views from '../views.js';
import { isHydrating } from './is-hydrating.js';

/** Options of a {@link ViewController}. */
export interface ViewOptions<V extends View> {
  /** Whether the host has something to show, or may have something to show while the network is down. */
  readonly isNeeded: () => boolean;
  readonly create: (views: typeof Views) => V;
  /** Called after the view was created. */
  readonly onCreate: () => void;
  /** Called when the view cannot be imported. A later update of the host imports it again. */
  readonly onFailure?: (error: unknown) => void;
}

/** Imports the view of its host when the host needs it: most visitors start no download. */
export class ViewController<V extends View> implements ReactiveController {
  readonly #host: LitElement;
  readonly #options: ViewOptions<V>;
  #view: V | undefined;
  #pending: Promise<unknown> | undefined;

  constructor(host: LitElement, options: ViewOptions<V>) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** The view; `undefined` until it is needed and imported. */
  get view(): V | undefined {
    return this.#view;
  }

  /**
   * Resolves with the result of `update`, which waits for an update of the host. It is repeated after each import of the view or of a
   * part of it, since the host draws what was imported.
   */
  async whenUpdated(update: () => Promise<boolean>): Promise<boolean> {
    const isComplete = await update();
    const pending = this.#pending ?? this.#view?.pending;
    if (!pending) return isComplete;
    await pending;
    return this.whenUpdated(update);
  }

  hostUpdate(): void {
    // The first rendering must equal the server's, which has no view. A host also updates while it is disconnected, and has no
    // language then.
    if (this.#view || isHydrating(this.#host) || !this.#host.isConnected) return;
    const views = loadedViews();
    if (views) {
      this.#view = this.#options.create(views);
      addStyles(this.#host, this.#view.styles);
      this.#options.onCreate();
    } else if (this.#options.isNeeded()) this.#pending ??= this.#import();
  }

  hostUpdated(): void {
    if (!this.#view && this.#host.isConnected && this.#options.isNeeded()) this.#pending ??= this.#import();
  }

  async #import(): Promise<void> {
    try {
      await loadViews();
      this.#host.requestUpdate();
    } catch (error) {
      this.#options.onFailure?.(error);
    }
    this.#pending = undefined;
  }
}
