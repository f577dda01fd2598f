import {
  computed,
  inject,
  onMounted,
  onUnmounted,
  provide,
  shallowRef,
  toValue,
  watch,
  type ComputedRef,
  type InjectionKey,
  type MaybeRefOrGetter,
} from 'vue';
import type { AggregateProgressInfo, DownloadState } from '../core/index.js';
import type { ModelDownloads } from '../page/index.js';
import { createActions, type ModelDownloadActions } from './actions.js';
import { keepConnected } from './keep-connected.js';
import { keyDownloadOf, type KeyDownload } from './key-download.js';
import { requireDownloads } from './require-downloads.js';

export type { ModelDownloadActions } from './actions.js';

/** The download of a model, in the setup of a component. */
export interface UseModelDownloadReturn {
  /** The state of the download. `idle` on a server, until the component is mounted, and while the key is not defined. */
  readonly state: ComputedRef<DownloadState>;
  /** The progress of the files; `undefined` before the first attempt. */
  readonly aggregate: ComputedRef<AggregateProgressInfo | undefined>;
  /** The actions of the model. */
  readonly actions: ModelDownloadActions;
}

const ADVICE = 'Call provideModelDownloads() in a component around this one, or pass the object after the key.';

const DOWNLOADS: InjectionKey<ModelDownloads> = Symbol('ModelDownloads');

/**
 * Provides a `ModelDownloads` to the components inside this one, and connects it to the document while this one is mounted.
 * Call it in `setup`. The page owns the object: an unmount disconnects and does not dispose it, and its downloads continue.
 *
 * @example
 * ```ts
 * provideModelDownloads(downloads);
 * ```
 */
export function provideModelDownloads(downloads: ModelDownloads): void {
  provide(DOWNLOADS, downloads);
  connectWhileMounted(downloads);
}

/**
 * Returns the download of a model. Call it in `setup`. Connects the object to the document while the component is mounted.
 * Starts no download.
 *
 * @param modelKey The key of the model, or a ref or getter of it. It can be defined later.
 * @param downloads Default: the object that a component around this one provides by {@link provideModelDownloads}.
 * @throws Error without either.
 *
 * @example
 * ```ts
 * const { state, actions } = useModelDownload('mood');
 * ```
 */
export function useModelDownload(modelKey: MaybeRefOrGetter<string>, downloads?: ModelDownloads): UseModelDownloadReturn {
  const used = requireDownloads(downloads ?? inject(DOWNLOADS, undefined), ADVICE);
  const download = computed(() => keyDownloadOf(used, toValue(modelKey)));
  const snapshot = shallowRef(download.value.getInitialSnapshot());
  const follow = (current: KeyDownload): (() => void) => {
    const update = (): void => void (snapshot.value = current.getSnapshot());
    update();
    return current.subscribe(update);
  };
  connectWhileMounted(used);
  onMounted(() => {
    // The watcher belongs to the component, and stops when the component is unmounted.
    watch(download, (current, _, onCleanup) => onCleanup(follow(current)), { immediate: true, flush: 'sync' });
  });
  return {
    state: computed(() => snapshot.value.state),
    aggregate: computed(() => snapshot.value.aggregate),
    actions: createActions(used, () => toValue(modelKey)),
  };
}

/** Connects the object to the document while the component is mounted, and therefore never on a server. */
function connectWhileMounted(downloads: ModelDownloads): void {
  let release: (() => void) | undefined;
  onMounted(() => void (release = keepConnected(downloads)));
  onUnmounted(() => release?.());
}
