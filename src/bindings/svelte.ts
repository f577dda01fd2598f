import { getContext, onMount, setContext } from 'svelte';
import { createSubscriber } from 'svelte/reactivity';
import type { ModelDownloads } from '../page/index.js';
import { createActions, type ModelDownloadActions } from './actions.js';
import { keepConnected } from './keep-connected.js';
import { keyDownloadOf, type KeyDownload, type ModelDownloadSnapshot } from './key-download.js';
import { requireDownloads } from './require-downloads.js';

export type { ModelDownloadActions } from './actions.js';
export type { ModelDownloadSnapshot } from './key-download.js';

const ADVICE = 'Call provideModelDownloads() in this component or one around it, or pass the object after the key.';

const DOWNLOADS = Symbol('ModelDownloads');

/** Download → the function that subscribes the effects that read it. */
const subscribers = new WeakMap<KeyDownload, () => void>();

/**
 * Provides a `ModelDownloads` to this component and those inside, and connects it to the document while this one is mounted.
 * Call it while the component is initialized. The page owns the object: an unmount disconnects and does not dispose it, and
 * its downloads continue.
 *
 * @example
 * ```ts
 * provideModelDownloads(downloads);
 * ```
 */
export function provideModelDownloads(downloads: ModelDownloads): void {
  setContext(DOWNLOADS, downloads);
  onMount(() => keepConnected(downloads));
}

/**
 * Returns the download of a model, whose properties are reactive: markup, `$derived` and `$effect` that read a property run again
 * with each change. Read the properties of the returned object: destructuring copies their current values. Call it while the
 * component is initialized. Connects the object to the document while the component is mounted. Starts no download.
 *
 * @param modelKey The key of the model, or a function that returns it, for a key that changes. It can be defined later.
 * @param downloads Default: the object that this component or one around it provides by {@link provideModelDownloads}.
 * @throws Error without either.
 *
 * @example
 * ```ts
 * const mood = useModelDownload('mood');
 * const isReady = $derived(mood.state.status === 'completed');
 * ```
 */
export function useModelDownload(modelKey: string | (() => string), downloads?: ModelDownloads): ModelDownloadSnapshot {
  const used = requireDownloads(downloads ?? getContext<ModelDownloads | undefined>(DOWNLOADS), ADVICE);
  const readKey = typeof modelKey === 'string' ? () => modelKey : modelKey;
  const actions = createActions(used, readKey);
  onMount(() => keepConnected(used));
  return new ReactiveDownload(() => keyDownloadOf(used, readKey()), actions);
}

/** A download whose getters register the effect that reads them. */
class ReactiveDownload implements ModelDownloadSnapshot {
  readonly #read: () => KeyDownload;
  readonly actions: ModelDownloadActions;

  constructor(read: () => KeyDownload, actions: ModelDownloadActions) {
    this.#read = read;
    this.actions = actions;
  }

  get state(): ModelDownloadSnapshot['state'] {
    return this.#snapshot.state;
  }

  get aggregate(): ModelDownloadSnapshot['aggregate'] {
    return this.#snapshot.aggregate;
  }

  get #snapshot(): ModelDownloadSnapshot {
    const download = this.#read();
    subscriberOf(download)();
    return download.getSnapshot();
  }
}

function subscriberOf(download: KeyDownload): () => void {
  const subscriber = subscribers.get(download) ?? createSubscriber((update) => download.subscribe(update));
  subscribers.set(download, subscriber);
  return subscriber;
}
