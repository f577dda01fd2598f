// In: calls for a model of this realm. Out: the same calls of its `LocalDownload`, once the engine has been imported.
import { DownloadFailure, type AggregateProgressInfo, type DownloadCaller, type PlanEntry } from '../core/index.js';
import { deferred, DownloadCallers, NO_ACTIONS, type Deferred } from '../core/internal.js';
import {
  requirePrefetchable,
  loadedEngine,
  loadEngine,
  type DeviceStorage,
  type DownloadHandle,
  type LocalDownload,
  type LocalDownloadContext,
  type ModelDefinition,
} from '../model/index.js';

/** The collaborators of a {@link LazyDownload}. */
export interface LazyDownloadContext extends Omit<LocalDownloadContext, 'device'> {
  /** The stored files of the page. */
  readonly device: DeviceStorage;
}

type Kind = 'load' | 'prefetch';

/** The state during the import of the engine. */
const CHECKING = { status: 'checking', can: { ...NO_ACTIONS, cancel: true } } as const;

/** The calls that wait for the import of the engine. */
interface EngineWait {
  readonly callers: DownloadCallers;
  readonly starts: ((download: LocalDownload) => void)[];
  /** Rejects when the download is cancelled, or the engine cannot be imported. */
  readonly stopped: Deferred<never>;
  /** Whether the user has paused: then the download starts with `resume()`. */
  isPaused: boolean;
}

/**
 * The download of a model in this realm. Its first load or prefetch imports the engine: the state changes immediately, and the
 * download can be paused and cancelled meanwhile. If the import fails, the download has failed, and the next attempt imports again.
 */
export class LazyDownload implements DownloadHandle {
  readonly definition: ModelDefinition;

  readonly #modelKey: string;
  readonly #context: LazyDownloadContext;
  #download: LocalDownload | undefined;
  #wait: EngineWait | undefined;
  #kind: Kind = 'load';

  constructor(modelKey: string, definition: ModelDefinition, context: LazyDownloadContext) {
    this.#modelKey = modelKey;
    this.definition = definition;
    this.#context = context;
  }

  get aggregate(): AggregateProgressInfo | undefined {
    return this.#download?.aggregate;
  }

  get isRunning(): boolean {
    return Boolean(this.#wait) || this.#download?.isRunning === true;
  }

  get isFollowing(): boolean {
    return this.#download?.isFollowing === true;
  }

  get keepsBytes(): boolean {
    return this.#context.options.transfer !== false;
  }

  expect(files: readonly PlanEntry[] | undefined): void {
    this.#local?.expect(files);
  }

  load(caller: DownloadCaller): Promise<unknown> {
    return this.#start('load', caller);
  }

  async prefetch(caller: DownloadCaller): Promise<void> {
    requirePrefetchable(this.#modelKey, this.definition, this.#context.options.transformers);
    await this.#start('prefetch', caller);
  }

  pause(): void {
    const wait = this.#wait;
    if (!wait) this.#download?.pause();
    else if (this.keepsBytes) {
      wait.isPaused = true;
      this.#context.states.pauseDownload(this.#modelKey, { can: { ...NO_ACTIONS, resume: true, cancel: true } });
    }
  }

  resume(): void {
    const wait = this.#wait;
    if (!wait) this.#download?.resume();
    else if (wait.isPaused) {
      wait.isPaused = false;
      this.#context.states.updateDownload(this.#modelKey, CHECKING);
      void this.#importEngine(wait);
    }
  }

  cancel(message = 'The download was cancelled.'): void {
    if (!this.#wait) this.#download?.cancel(message);
    else {
      this.#stop(new DOMException(message, 'AbortError'));
      this.#context.states.cancelDownload(this.#modelKey, { can: { ...NO_ACTIONS, retry: true } });
    }
  }

  retry(): void {
    if (this.#download) this.#download.retry();
    // No caller waits for this load; its state shows how it ends.
    else if (!this.#wait) this.#start(this.#kind, {}).catch(() => undefined);
  }

  async restart(): Promise<void> {
    await this.#download?.restart();
  }

  async release(): Promise<void> {
    if (this.#wait) this.cancel();
    await this.#download?.release();
  }

  suspend(): void {
    this.#download?.suspend();
  }

  wake(): void {
    this.#download?.wake();
  }

  /** The download that performs the calls, which the first access creates; `undefined` until the engine has been imported. */
  get #local(): LocalDownload | undefined {
    const engine = loadedEngine();
    if (engine && !this.#download) {
      const context = { ...this.#context, device: this.#context.device.openWith(engine) };
      this.#download = new engine.LocalDownload(this.#modelKey, this.definition, context);
    }
    return this.#download;
  }

  async #start(kind: Kind, caller: DownloadCaller): Promise<unknown> {
    if (!this.#wait && this.#local) return this.#local[kind](caller);
    caller.signal?.throwIfAborted();
    // A load also downloads the files, so a prefetch during its wait does not change what a retry starts.
    if (kind === 'load' || !this.#wait) this.#kind = kind;
    const { callers, starts, stopped } = this.#wait ?? this.#waitForEngine();
    const result = deferred<unknown>();
    starts.push((download) => result.resolve(download[kind](caller)));
    return callers.join(caller, Promise.race([result.promise, stopped.promise]));
  }

  #waitForEngine(): EngineWait {
    const { beforeLoad, queue, states } = this.#context;
    beforeLoad?.(this.#modelKey);
    // These callers are decisive only during the import. After it the `LocalDownload` counts all of its callers.
    const callers = new DownloadCallers(() => {
      if (this.#wait === wait) this.cancel();
    });
    const wait: EngineWait = { callers, starts: [], stopped: deferred(), isPaused: false };
    // All callers may have left; then nothing else handles this rejection.
    wait.stopped.promise.catch(() => undefined);
    // This is set before the listeners are notified: a listener that loads immediately must not start another wait.
    this.#wait = wait;
    states.startDownload(this.#modelKey, { ...CHECKING, modelName: this.definition.name ?? this.#modelKey });
    // With a limit for concurrent downloads it may have to wait for a slot, and stays `queued`. A listener of the start may have
    // paused it.
    if (!queue?.isLimited && !wait.isPaused) states.updateDownload(this.#modelKey, CHECKING);
    void this.#importEngine(wait);
    return wait;
  }

  async #importEngine(wait: EngineWait): Promise<void> {
    try {
      await loadEngine();
    } catch (cause) {
      // A resume imports again.
      if (this.#wait === wait && !wait.isPaused) this.#fail(cause);
      return;
    }
    // The download was cancelled or paused meanwhile.
    if (this.#wait !== wait || wait.isPaused || !this.#local) return;
    this.#wait = undefined;
    for (const start of wait.starts) start(this.#local);
  }

  #fail(cause: unknown): void {
    const isOffline = (globalThis.navigator as Navigator | undefined)?.onLine === false;
    const message = `The engine could not be imported: ${String(cause)}`;
    const failure = new DownloadFailure(isOffline ? 'offline' : 'network', message, { cause });
    this.#stop(failure);
    this.#context.states.failDownload(this.#modelKey, failure, { can: { ...NO_ACTIONS, retry: true } });
  }

  #stop(reason: Error): void {
    this.#wait?.stopped.reject(reason);
    this.#wait = undefined;
  }
}
