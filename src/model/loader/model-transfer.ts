// In: the reports of the transfer layer, by address. Out: signals with the name of the file, to the progress tracker.
import { classifyFailure, DownloadFailure, type DownloadLoader, type DownloadLoaderContext, type FetchLike } from '../../core/index.js';
import { isRecord, type TransferControl } from '../../core/internal.js';
import type { DownloadFetch, FileProgressReport } from '../../transfer/internal.js';
import { FileNames } from './file-names.js';
import type { AppFiles, AttemptFetch, StoredModel } from '../device/app-files.js';
import type { ModelLoader, FileOrigin } from './model-loader.js';
import type { AttemptFiles, SettledFiles } from '../device/attempt-files.js';
import { PolicyWatch } from './policy-watch.js';
import { canKeepFiles } from '../transformers/runtime-cache.js';
import { runtimeFileOf } from '../transformers/runtime-name.js';
import { withLimit } from '../request-limits.js';

export type { ModelLoader, ModelLoaderContext, FileOrigin } from './model-loader.js';

/** How long a load waits for the look-up of its stored files, in ms: the model is usable already, and only `kept` depends on it. */
const SETTLE_LIMIT = 3_000;

/** Downloads the files of one model, over all attempts to load it. */
export class ModelTransfer implements TransferControl {
  readonly #device: AppFiles;
  readonly #model: StoredModel;
  readonly #names: FileNames;
  readonly #fetches = new Set<DownloadFetch>();
  /** Failures of files that were downloading: the transfer layer has already dropped their corrupt parts. */
  readonly #ownFailures = new WeakSet();
  /** The last failure of a file in the running attempt; `undefined` if none has failed. */
  #fileFailure: unknown;
  /** Whether the file of the ONNX Runtime has failed in it. */
  #hasNoRuntime = false;
  /** The files that the running attempt has delivered, by origin. */
  #attemptFiles: AttemptFiles[] = [];
  #isPaused = false;
  #isLost = false;
  #hasBytes = false;
  #isSuspect = false;
  /** Whether the browser can store files; `undefined` while unknown. */
  #canKeep: boolean | undefined;
  /** Detects requests of the load that a Content-Security-Policy blocks. */
  readonly #policy = new PolicyWatch();
  /** Whether the runtime has a cache for complete files. */
  #hasRuntimeCache = false;
  /** Whether a successful load has stored its files; `undefined` while no load has succeeded. */
  #settled: { readonly kept: boolean | undefined } | undefined;

  constructor(device: AppFiles, model: StoredModel) {
    this.#device = device;
    this.#model = model;
    this.#names = new FileNames(model.definition.files?.map(({ file }) => file));
  }

  /** Whether a file is downloading. */
  get canPause(): boolean {
    return [...this.#fetches].some(({ isActive }) => isActive);
  }

  /** Whether another tab downloads a file of the model while this one shows its progress. */
  get isFollowing(): boolean {
    return [...this.#fetches].some(({ isFollowing }) => isFollowing);
  }

  /** Whether the bytes so far are stored for the next visit; `undefined` if unknown. */
  get kept(): boolean | undefined {
    // In Node the runtime stores files in its own folder, which is not checked here.
    if (!this.#hasBytes || !('location' in globalThis)) return undefined;
    if (this.#settled) return this.#settled.kept;
    if (this.#isLost) return false;
    return this.#canKeep === false && this.#hasRuntimeCache ? undefined : this.#canKeep;
  }

  /** Pauses all downloads. */
  pause(): void {
    this.#isPaused = true;
    for (const fetch of this.#fetches) fetch.pause();
  }

  /** Resumes all downloads. */
  resume(): void {
    this.#isPaused = false;
    for (const fetch of this.#fetches) fetch.resume();
  }

  /** Closes every connection while the page is frozen or in the back/forward cache; this is not a pause by the user. */
  suspend(): void {
    for (const fetch of this.#fetches) fetch.pause();
  }

  /** Continues after `suspend()`, unless the user has paused. */
  wake(): void {
    if (!this.#isPaused) this.resume();
  }

  /** Deletes the incomplete and the complete files of the model, so that the next attempt downloads them again. */
  async discard(): Promise<void> {
    await Promise.all([...this.#fetches].map((fetch) => fetch.discard()));
    await this.#removeFiles();
  }

  /** Adds the `fetch` functions of this transfer to the context of a loader. */
  wrap<T>(load: ModelLoader<T>): DownloadLoader<T> {
    return async (outer) => {
      const policy = this.#policy;
      policy.open(outer.signal);
      const context = { ...outer, recover: async (cause: unknown) => outer.recover(await policy.explain(cause)) };
      // These are set before the first `await`: a paused run pauses an attempt right after its start.
      this.#isPaused = false;
      this.#isLost = false;
      this.#settled = undefined;
      this.#attemptFiles = [];
      this.#fileFailure = undefined;
      this.#hasNoRuntime = false;
      if (this.#isSuspect) await this.#removeFiles();
      try {
        const result = await load({ ...context, ...this.#fetchesFor(context) });
        await this.#settle();
        policy.close();
        return result;
      } catch (thrown) {
        policy.closeLate();
        const error = outer.signal.aborted ? thrown : this.#causeOf(thrown);
        // Downloaded files were checked; so a file that the runtime had cached before may be the corrupt one.
        this.#isSuspect = classifyFailure(error).code === 'corrupt' && !this.#ownFailures.has(Object(error) as object);
        throw await policy.explain(error);
      }
    };
  }

  /**
   * Returns the failure of a file that has caused the error of a loader, or else the error. If a body fails, its `text()` and
   * `json()` reject with an error of the browser: an `AbortError` in Firefox, a `TypeError` in Chromium and WebKit. In WebKit its
   * message contains that of the failure. Without its file the runtime reports that it cannot start.
   */
  #causeOf(thrown: unknown): unknown {
    const failure = this.#fileFailure;
    if (failure === undefined || thrown instanceof DownloadFailure) return thrown;
    const { code, message } = classifyFailure(thrown);
    const isOfBrowser = code === 'aborted' || code === 'network' || message.includes(classifyFailure(failure).message);
    return isOfBrowser || (code === 'runtime' && this.#hasNoRuntime) ? failure : thrown;
  }

  #fetchesFor(context: DownloadLoaderContext) {
    let own: AttemptFetch | undefined;
    const fileNameOf = (url: string): string => this.#names.of(url);
    const open = (): AttemptFetch => (own ??= this.#open({ name: '', fileOf: fileNameOf }, context));
    const fetch: FetchLike = async (input, init) => open().fetch(input, init);
    const keep: FetchLike = async (input, init) => open().keep(input, init);
    const openFetch = (origin: FileOrigin): Promise<DownloadFetch> => Promise.resolve(this.#open(origin, context).fetch);
    return { fetch, keep, fileNameOf, openFetch };
  }

  #open(origin: FileOrigin, context: DownloadLoaderContext): AttemptFetch {
    const { signal, recover, canRecover } = context;
    const { outlivesLoad = false } = origin;
    const platformFetch: FetchLike = (input, init) => fetch(input, init);
    const request = this.#policy.watch(origin.fetch ?? platformFetch);
    const onProgress = (url: string, progress: FileProgressReport): void => {
      this.#report(url, progress, origin, context);
      origin.onProgress?.(url, progress);
      // The attempt has ended, so it does not delete the parts of this file.
      if (outlivesLoad && signal.aborted && progress.phase === 'done') void clearParts(opened.files);
    };
    this.#hasRuntimeCache ||= origin.cache !== undefined;
    void canKeepFiles().then((canKeep) => (this.#canKeep = canKeep));
    const opened = this.#device.openFetch(this.#model, origin, {
      fetch: request,
      signal: outlivesLoad ? undefined : signal,
      recover,
      canRecover,
      onProgress,
      onFull: () => (this.#isLost = true),
      onFailure: (cause, url) => {
        if (isRecord(cause)) this.#ownFailures.add(cause);
        this.#fileFailure = cause;
        this.#hasNoRuntime ||= runtimeFileOf(url) !== undefined;
        origin.onFailure?.(cause, url);
      },
    });
    const { fetch: download } = opened;
    this.#attemptFiles.push(opened.files);
    if (this.#isPaused) download.pause();
    this.#fetches.add(download);
    const leave = (): void => {
      this.#fetches.delete(download);
      if (outlivesLoad) download.resume();
    };
    signal.addEventListener('abort', leave, { once: true });
    return opened;
  }

  #report(url: string, progress: FileProgressReport, origin: FileOrigin, context: DownloadLoaderContext): void {
    this.#hasBytes ||= progress.loaded > 0;
    // An empty `subfolder` leaves a slash at the start of the path, which the tracker removes from the runtime's events.
    const file = origin.fileOf(url).replace(/^\/+/, '');
    context.report({ status: 'transfer', name: origin.name, file, ...progress, isRuntime: runtimeFileOf(url) !== undefined });
  }

  /**
   * Records whether all files will be on this device at the next visit. The stored parts of files that a cache has by now are deleted
   * afterwards, so that the model does not wait for it. The load succeeds even if the store hangs.
   */
  async #settle(): Promise<void> {
    const settle = (): Promise<readonly SettledFiles[]> => Promise.all(this.#attemptFiles.map((files) => files.settle()));
    const outcomes = await withLimit(SETTLE_LIMIT, settle).catch(() => []);
    const known = outcomes.flatMap(({ kept }) => kept ?? []);
    this.#settled = { kept: known.length > 0 ? known.every(Boolean) : undefined };
    for (const { clear } of outcomes) clear().catch(() => undefined);
  }

  async #removeFiles(): Promise<void> {
    this.#isSuspect = false;
    // If a file cannot be deleted, the next attempt may still succeed.
    await this.#device.remove(this.#model).catch(() => undefined);
  }
}

/** Deletes the parts of delivered files. Never rejects: a failure only costs disk space. */
async function clearParts(files: AttemptFiles): Promise<void> {
  const clear = async (): Promise<void> => (await files.settle()).clear();
  await clear().catch(() => undefined);
}

/** Adds the platform's `fetch` to the context of a loader that does not use the transfer layer. */
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
      throw await policy.explain(error);
    }
  };
}
