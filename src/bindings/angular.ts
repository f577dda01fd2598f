import {
  afterNextRender,
  computed,
  DestroyRef,
  effect,
  inject,
  InjectionToken,
  Injector,
  signal,
  untracked,
  type Provider,
  type Signal,
} from '@angular/core';
import type { AggregateProgressInfo, DownloadState } from '../core/index.js';
import type { ModelDownloads } from '../page/index.js';
import { createActions, type ModelDownloadActions } from './actions.js';
import { holdConnection, keepConnected } from './keep-connected.js';
import { keyDownloadOf, type ModelDownloadSnapshot } from './key-download.js';
import { requireDownloads } from './require-downloads.js';

export type { ModelDownloadActions } from './actions.js';

/** The download of a model as signals. */
export interface ModelDownloadSignals {
  /** The state of the download. `idle` on a server, before the first rendering, and while the key is not defined. */
  readonly state: Signal<DownloadState>;
  /** The progress of the files; `undefined` before the first attempt. */
  readonly aggregate: Signal<AggregateProgressInfo | undefined>;
  /** The actions of the model. */
  readonly actions: ModelDownloadActions;
}

const ADVICE = 'Add provideModelDownloads() to the providers of the app, or pass the object after the key.';

const DOWNLOADS = new InjectionToken<ModelDownloads>('ModelDownloads');

/**
 * Provides a `ModelDownloads` to {@link injectModelDownload}, in `ApplicationConfig.providers` or in the `providers` of a
 * component. The page owns the object, which Angular does not dispose.
 *
 * @example
 * ```ts
 * bootstrapApplication(App, { providers: [provideModelDownloads(downloads)] });
 * ```
 */
export function provideModelDownloads(downloads: ModelDownloads): Provider {
  return { provide: DOWNLOADS, useValue: downloads };
}

/**
 * Returns the download of a model as signals. Call it in an injection context, such as a field of a component. Connects the
 * object to the document from the next rendering until the component is destroyed. Starts no download.
 *
 * @param modelKey The key of the model, or a signal of it, such as an input. It can be defined later.
 * @param downloads Default: the object of {@link provideModelDownloads}.
 * @throws Error without either.
 *
 * @example
 * ```ts
 * export class App {
 *   readonly mood = injectModelDownload('mood');
 *   readonly isReady = computed(() => this.mood.state().status === 'completed');
 * }
 * ```
 */
export function injectModelDownload(modelKey: string | (() => string), downloads?: ModelDownloads): ModelDownloadSignals {
  const used = requireDownloads(downloads ?? inject(DOWNLOADS, { optional: true }), ADVICE);
  const injector = inject(Injector);
  const destroyRef = inject(DestroyRef);
  const readKey = typeof modelKey === 'string' ? () => modelKey : modelKey;
  const download = computed(() => keyDownloadOf(used, readKey()));
  const current = signal<ModelDownloadSnapshot | undefined>(undefined);
  const follow = (onCleanup: (end: () => void) => void): void => {
    const followed = download();
    const update = (): void => current.set(followed.getSnapshot());
    // Angular 17 and 18 refuse a write inside of an effect.
    untracked(update);
    onCleanup(followed.subscribe(update));
  };
  // A hot update destroys a component and creates the next one in one task, and renders it in another task.
  const release = holdConnection(used);
  destroyRef.onDestroy(release);
  // A server has no next rendering, and a page hydrates with the server's state.
  afterNextRender(() => {
    destroyRef.onDestroy(keepConnected(used));
    release();
    effect(follow, { injector });
  });
  const snapshot = computed(() => current() ?? download().getInitialSnapshot());
  return {
    state: computed(() => snapshot().state),
    aggregate: computed(() => snapshot().aggregate),
    actions: createActions(used, readKey),
  };
}
