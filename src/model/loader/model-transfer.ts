// In: the reports of the transfer layer, by address. Out: signals with the name of the file, to the progress tracker.
import { classifyFailure, type Clock, type DownloadLoader, type DownloadLoaderContext, type FetchLike } from '../../core/index.js';
import type { TransferControl } from '../../core/internal.js';
import type { DownloadFetch, FileProgressReport, VerifyMode } from '../../transfer/index.js';
import { FileNames } from './file-names.js';
import { loadDeviceFiles } from '../device/load-device-files.js';
import type { ModelLoader, FileOrigin } from './model-loader.js';
import type { OpenedFiles } from '../device/opened-files.js';
import { createPlainFetch } from './plain-fetch.js';
import { PolicyWatch } from './policy-watch.js';
import { canKeepFiles } from '../transformers/runtime-cache.js';
import { withLimit } from '../time-limit.js';

export type { ModelLoader, ModelLoaderContext, FileOrigin } from './model-loader.js';

/** How long tidying up after a load may take, in ms: the model is usable already. */
const SETTLE_LIMIT = 15_000;

/** Settings of a {@link ModelTransfer}. */
export interface ModelTransferOptions {
  readonly clock?: Clock | undefined;
  /** Keeps the stored names of several apps on one origin apart. Default: none. */
  readonly namespace?: string | undefined;
  readonly verify?: VerifyMode | undefined;
  /** The page's name for the model, under which files of its own loader are kept. */
  readonly modelKey?: string | undefined;
  /** The names of files that the page has given. */
  readonly fileNames?: readonly string[] | undefined;
  /** Deletes what this device has of the model. Default: nothing is deleted but what is held of files on their way. */
  readonly forget?: (() => Promise<void>) | undefined;
}

/** What an attempt downloads with. */
interface OpenedFetch {
  readonly fetch: DownloadFetch;
  /** As `fetch`, for files that are to be kept; `undefined` where nothing can be. */
  readonly keep?: FetchLike | undefined;
}

/** Carries the bytes of one model, over all attempts to load it. */
export class ModelTransfer implements TransferControl {
  readonly #options: ModelTransferOptions;
  readonly #names: FileNames;
  readonly #fetches = new Set<DownloadFetch>();
  /** Failures of files that were on their way: what is held of these is dropped already where it was wrong. */
  readonly #ownFailures = new WeakSet();
  #opened: OpenedFiles[] = [];
  #isPaused = false;
  #isLost = false;
  #hasBytes = false;
  #isSuspect = false;
  /** Whether what comes outlives the page; `undefined` while unknown. */
  #canKeep: boolean | undefined;
  /** Tells what the page's policy blocks of the load. */
  readonly #policy = new PolicyWatch();
  /** Whether something else than the transfer layer keeps whole files. */
  #hasKeeper = false;
  /** How a load has left the files; `undefined` while none has succeeded. */
  #settled: { readonly kept: boolean | undefined } | undefined;

  constructor(options: ModelTransferOptions) {
    this.#options = options;
    this.#names = new FileNames(options.fileNames);
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
    if (this.#settled) return this.#settled.kept;
    if (this.#isLost) return false;
    return this.#canKeep === false && this.#hasKeeper ? undefined : this.#canKeep;
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

  /** Drops what is held of the model, and deletes what the runtime keeps of it: the next attempt downloads it anew. */
  async discard(): Promise<void> {
    await Promise.all([...this.#fetches].map((fetch) => fetch.discard()));
    await this.#forget();
  }

  /** Gives a loader what it downloads with. */
  wrap<T>(load: ModelLoader<T>): DownloadLoader<T> {
    return async (outer) => {
      const policy = this.#policy;
      policy.open(outer.signal);
      const context = { ...outer, recover: (cause: unknown) => outer.recover(policy.explain(cause)) };
      if (this.#isSuspect) await this.#forget();
      this.#isPaused = false;
      this.#isLost = false;
      this.#settled = undefined;
      this.#opened = [];
      try {
        const result = await load({ ...context, ...this.#fetchesFor(context) });
        await this.#settle();
        policy.close();
        return result;
      } catch (error) {
        policy.closeLate();
        // What was on its way was checked; what the runtime had kept from earlier may be what is damaged.
        this.#isSuspect = classifyFailure(error).code === 'corrupt' && !this.#ownFailures.has(Object(error) as object);
        throw policy.explain(error);
      }
    };
  }

  #fetchesFor(context: DownloadLoaderContext) {
    let own: Promise<OpenedFetch> | undefined;
    const fileNameOf = (url: string): string => this.#names.of(url);
    const open = (): Promise<OpenedFetch> => (own ??= this.#open({ name: '', fileOf: fileNameOf }, context));
    const fetch: FetchLike = async (input, init) => (await open()).fetch(input, init);
    const keep: FetchLike = async (input, init) => {
      const opened = await open();
      return (opened.keep ?? opened.fetch)(input, init);
    };
    const openFetch = async (place: FileOrigin): Promise<DownloadFetch> => (await this.#open(place, context)).fetch;
    return { fetch, keep, fileNameOf, openFetch };
  }

  async #open(place: FileOrigin, context: DownloadLoaderContext): Promise<OpenedFetch> {
    const { signal, recover } = context;
    const { cache, lookUp, passesErrors } = place;
    const platformFetch: FetchLike = (input, init) => fetch(input, init);
    const request = this.#policy.watch(place.fetch ?? platformFetch);
    const layers = await Promise.all([import('../../transfer/index.js'), loadDeviceFiles()]).catch(() => undefined);
    if (!layers) {
      const count = (url: string, progress: FileProgressReport): void => this.#report(url, progress, place, context);
      return { fetch: createPlainFetch(request, signal, count) };
    }
    const [layer, device] = layers;
    const held = new device.HeldFiles(layer, this.#options);
    const files = new device.OpenedFiles(place, held);
    this.#opened.push(files);
    this.#hasKeeper ||= cache !== undefined;
    void canKeepFiles().then((canKeep) => (this.#canKeep = canKeep));
    const readWhole = async (url: string): Promise<Response | undefined> => cache?.match(url);
    // It looks through everything that is held, which no byte need wait for.
    void held.sweep(readWhole);
    const { clock, namespace, verify } = this.#options;
    const download = layer.createDownloadFetch({
      ...{ clock, namespace, verify, lookUp, passesErrors, fetch: request, store: held.store },
      signal,
      recover,
      readWhole: cache && readWhole,
      onProgress: (url, progress) => {
        if (progress.phase === 'done') files.add(url, progress.loaded);
        this.#report(url, progress, place, context);
      },
      onFull: () => (this.#isLost = true),
      onFailure: (cause, url) => {
        if (typeof cause === 'object' && cause) this.#ownFailures.add(cause);
        place.onFailure?.(cause, url);
      },
    });
    if (this.#isPaused) download.pause();
    this.#fetches.add(download);
    signal.addEventListener('abort', () => this.#fetches.delete(download), { once: true });
    const { modelKey = '' } = this.#options;
    const keep = device.createKeepFetch({
      files: new device.FinishedFiles(modelKey, namespace),
      fetch: download,
      onKeeping: (url, kept) => files.keep(url, kept),
      onStored: (url, size) => {
        files.keep(url, Promise.resolve(true));
        files.add(url, size);
        this.#report(url, { phase: 'done', loaded: size, stored: size, total: size, totalIsExact: true }, place, context);
      },
    });
    return { fetch: download, keep };
  }

  #report(url: string, progress: FileProgressReport, place: FileOrigin, context: DownloadLoaderContext): void {
    this.#hasBytes ||= progress.loaded > 0;
    context.progress_callback({ status: 'transfer', name: place.name, file: place.fileOf(url), ...progress });
  }

  /** Drops what is kept elsewhere by now, and notes whether all of it is. A store that does not answer costs no load. */
  async #settle(): Promise<void> {
    const settle = (): Promise<(boolean | undefined)[]> => Promise.all(this.#opened.map((files) => files.settle()));
    const outcomes = await withLimit(SETTLE_LIMIT, settle).catch(() => []);
    const known = outcomes.filter((kept) => kept !== undefined);
    this.#settled = { kept: known.length > 0 ? known.every(Boolean) : undefined };
  }

  async #forget(): Promise<void> {
    this.#isSuspect = false;
    // Where it cannot be deleted, the next attempt may succeed all the same.
    await this.#options.forget?.().catch(() => undefined);
  }
}

/** Gives a loader the platform's own `fetch`, where no transfer layer is wanted. */
export function withPlatformFetch<T>(load: ModelLoader<T>): DownloadLoader<T> {
  const policy = new PolicyWatch();
  const platformFetch = policy.watch((input, init) => fetch(input, init));
  return async (context) => {
    policy.open(context.signal);
    try {
      const result = await load({ ...context, fetch: platformFetch });
      policy.close();
      return result;
    } catch (error) {
      policy.closeLate();
      throw policy.explain(error);
    }
  };
}
