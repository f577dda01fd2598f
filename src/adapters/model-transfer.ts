import type { Clock, DownloadLoader, DownloadLoaderContext, FetchLike, TransferControl } from '../core/index.js';
import type { DownloadFetch, FileProgressReport, LookUp, PartialStore, VerifyMode } from '../transfer/index.js';
import { runtimeFileOf } from './model-address.js';
import type { RuntimeCache } from './runtime-cache.js';

/** What a loader is given beside the events and the signal. */
export interface ModelLoaderContext extends DownloadLoaderContext {
  /**
   * The platform's `fetch`, or one whose downloads are resumed, paused and counted. A loader of the
   * page's own should download with it.
   */
  readonly fetch: FetchLike;
  /** Opens such a `fetch` for files that are not at the end of their address; `undefined` without the transfer layer. */
  readonly openFetch?: ((place: TransferPlace) => Promise<DownloadFetch>) | undefined;
}

/** Loads a model and resolves with it once it is usable. Called again for each attempt. */
export type ModelLoader<T> = (context: ModelLoaderContext) => Promise<T>;

/** Where a load's files come from, and where they go. */
export interface TransferPlace {
  /** The model, as events name it. */
  readonly name: string;
  /** What makes the requests. Default: the platform's `fetch`. */
  readonly fetch?: FetchLike | undefined;
  /** The path of a file inside the model. */
  readonly fileOf: (url: string) => string;
  /** The cache in which the runtime keeps whole files; `undefined` when it keeps none. */
  readonly cache?: RuntimeCache | undefined;
  /** Size and hash of a file. Default: the listing of the model hub, for addresses that are of one. */
  readonly lookUp?: LookUp | undefined;
  /**
   * Whether an error status goes to the caller at once, without retries, because the caller has
   * another way. Default: none does that may pass.
   */
  readonly passesErrors?: ((url: string) => boolean) | undefined;
  /** Called when a file is broken for good. */
  readonly onFailure?: ((cause: unknown, url: string) => void) | undefined;
}

/** Settings of a {@link ModelTransfer}. */
export interface ModelTransferOptions {
  readonly clock?: Clock | undefined;
  /** Keeps the stored names of several apps on one origin apart. Default: none. */
  readonly namespace?: string | undefined;
  readonly verify?: VerifyMode | undefined;
}

/** What one attempt has opened, to be tidied up when it succeeds. */
interface Opened {
  readonly store: PartialStore;
  readonly readWhole: (url: string) => Promise<Response | undefined>;
  readonly sweep: () => Promise<void>;
  /** Whether the runtime keeps whole files, so that one that is missing there is lost. */
  readonly isKeeper: boolean;
}

/** Carries the bytes of one model, over all attempts to load it. */
export class ModelTransfer implements TransferControl {
  readonly #options: ModelTransferOptions;
  readonly #fetches = new Set<DownloadFetch>();
  /** Address → bytes, of every file that came whole. */
  readonly #whole = new Map<string, number>();
  #opened: Opened[] = [];
  #isPaused = false;
  #isLost = false;
  #hasBytes = false;

  constructor(options: ModelTransferOptions) {
    this.#options = options;
  }

  get canPause(): boolean {
    return [...this.#fetches].some(({ isActive }) => isActive);
  }

  /** Whether another tab downloads a file of the model, and this one shows its progress. */
  get isFollowing(): boolean {
    return [...this.#fetches].some(({ isFollowing }) => isFollowing);
  }

  get kept(): boolean | undefined {
    // Without a page or a worker it is the runtime's own folder that keeps files, or does not.
    if (!this.#hasBytes || !('location' in globalThis)) return undefined;
    return !this.#isLost && 'caches' in globalThis;
  }

  pause(): void {
    this.#isPaused = true;
    for (const fetch of this.#fetches) fetch.pause();
  }

  resume(): void {
    this.#isPaused = false;
    for (const fetch of this.#fetches) fetch.resume();
  }

  /** Closes every connection while the page is frozen or kept aside, which is no pause of the user's. */
  suspend(): void {
    for (const fetch of this.#fetches) fetch.pause();
  }

  /** Goes on after `suspend()`, unless the user has paused. */
  wake(): void {
    if (!this.#isPaused) this.resume();
  }

  async discard(): Promise<void> {
    await Promise.all([...this.#fetches].map((fetch) => fetch.discard()));
  }

  /** Gives a loader what it downloads with. */
  wrap<T>(load: ModelLoader<T>): DownloadLoader<T> {
    return async (context) => {
      let own: Promise<DownloadFetch> | undefined;
      const openFetch = (place: TransferPlace): Promise<DownloadFetch> => this.#open(place, context);
      const fetch: FetchLike = async (input, init) => {
        own ??= openFetch({ name: '', fileOf: fileNameIn });
        return (await own)(input, init);
      };
      this.#isPaused = false;
      this.#isLost = false;
      this.#opened = [];
      const result = await load({ ...context, fetch, openFetch });
      await Promise.all(this.#opened.map((opened) => this.#settle(opened)));
      return result;
    };
  }

  async #open(place: TransferPlace, context: DownloadLoaderContext): Promise<DownloadFetch> {
    const { createDownloadFetch, platformStore, sweep } = await import('../transfer/index.js');
    const { namespace, clock } = this.#options;
    const { cache, fetch: request, lookUp, onFailure } = place;
    const { signal, recover } = context;
    const store = platformStore(namespace);
    const readWhole = async (url: string): Promise<Response | undefined> => cache?.match(url);
    const opened = { store, readWhole, sweep: () => sweep({ store, readWhole, namespace, clock }), isKeeper: cache !== undefined };
    await opened.sweep();
    this.#opened.push(opened);
    const fetch = createDownloadFetch({
      ...this.#options,
      fetch: request,
      store,
      signal,
      recover,
      readWhole,
      lookUp,
      onProgress: (url, report) => this.#tell(url, report, place, context),
      onFull: () => (this.#isLost = true),
      onFailure,
    });
    if (this.#isPaused) fetch.pause();
    this.#fetches.add(fetch);
    signal.addEventListener('abort', () => this.#fetches.delete(fetch), { once: true });
    return fetch;
  }

  #tell(url: string, report: FileProgressReport, { name, fileOf }: TransferPlace, context: DownloadLoaderContext): void {
    this.#hasBytes ||= report.loaded > 0;
    if (report.phase === 'done') this.#whole.set(url, report.loaded);
    context.progress_callback({ status: 'transfer', name, file: fileOf(url), ...report });
  }

  /** Drops what the runtime keeps itself by now, and notes whether anything is kept by nobody. */
  async #settle({ store, readWhole, sweep, isKeeper }: Opened): Promise<void> {
    let isLost = false;
    for (const [url, size] of this.#whole) {
      // The browser's own cache is the place of a runtime's file.
      if (runtimeFileOf(url) !== undefined) await store.delete(url);
      else if (isKeeper && !(await readWhole(url))) isLost ||= size - ((await store.find(url))?.length ?? 0) > size / 2;
    }
    if (isKeeper) this.#isLost = isLost;
    await sweep();
  }
}

/** Gives a loader the platform's own `fetch`, where no transfer layer is wanted. */
export function withPlatformFetch<T>(load: ModelLoader<T>): DownloadLoader<T> {
  return (context) => load({ ...context, fetch: (input, init) => fetch(input, init) });
}

/** The last part of an address: the name of a file of which nothing else is known. */
export function fileNameIn(url: string): string {
  return decodeURIComponent(/([^/?#]+)\/?(?:[?#]|$)/.exec(url)?.[1] ?? url);
}
