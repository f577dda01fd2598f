import type { DownloadCaller } from '../core/index.js';
import { checkCaller, NO_ACTIONS, type DownloadStates } from '../core/internal.js';
import { loadEngine } from '../model/index.js';
import { requestPersistence } from './browser-ports.js';
import type { ModelRegistry } from './model-registry.js';
import { watchLifecycle } from './page-lifecycle.js';
import type { PauseChannel } from './pause-channel.js';

/** The actions on the downloads of a page. A pause applies to all tabs. A frozen page suspends its downloads. */
export class DownloadControls {
  readonly #models: ModelRegistry;
  readonly #states: DownloadStates;
  readonly #pauseChannel: PauseChannel;
  readonly #stopWatching: () => void;

  constructor(models: ModelRegistry, states: DownloadStates, pauseChannel: PauseChannel) {
    this.#models = models;
    this.#states = states;
    this.#pauseChannel = pauseChannel;
    const { downloads } = models;
    this.#stopWatching = watchLifecycle(
      () => downloads.forEach((download) => download.suspend()),
      () => downloads.forEach((download) => download.wake()),
    );
  }

  /** Imports the engine ahead of a download, unless workers have all models. A load repeats a failed import. */
  preload(): void {
    const { definitions, links } = this.#models;
    if (definitions.size > links.size) loadEngine().catch(() => undefined);
  }

  /** Loads a model, or resumes its paused download. */
  start(modelKey: string): void {
    if (this.#models.downloads.get(modelKey)?.isRunning) this.resume(modelKey);
    // No caller awaits this load. Its state reports a failure.
    else this.load(modelKey, {}).catch(() => undefined);
  }

  async load(modelKey: string, caller: DownloadCaller): Promise<unknown> {
    checkCaller(caller);
    if (this.#models.removed) await this.#models.removed;
    const download = this.#models.downloadOf(modelKey);
    if (download.keepsBytes) void requestPersistence();
    return download.load(caller);
  }

  async prefetch(modelKey: string, caller: DownloadCaller): Promise<void> {
    checkCaller(caller);
    if (this.#models.removed) await this.#models.removed;
    const download = this.#models.downloadOf(modelKey);
    void requestPersistence();
    await download.prefetch(caller);
  }

  pause(modelKey: string): void {
    this.#models.downloads.get(modelKey)?.pause();
    // Also if nothing is paused here: another tab may download the model.
    this.#pauseChannel.post(modelKey, true);
  }

  resume(modelKey: string): void {
    const download = this.#models.downloads.get(modelKey);
    if (download?.isRunning) download.resume();
    else if (this.#states.getState(modelKey)?.status === 'paused') this.start(modelKey);
    this.#pauseChannel.post(modelKey, false);
  }

  cancel(modelKey: string, message?: string): void {
    const download = this.#models.downloads.get(modelKey);
    if (download?.isRunning) download.cancel(message);
    else this.#states.cancelDownload(modelKey, { can: { ...NO_ACTIONS, retry: true } });
  }

  retry(modelKey: string): void {
    const { definitions, isDisposed } = this.#models;
    if (definitions.has(modelKey) && !isDisposed) this.#models.downloadOf(modelKey).retry();
  }

  async restart(modelKey: string): Promise<void> {
    await this.#models.downloads.get(modelKey)?.restart();
  }

  /** Cancels a download that another manager has taken over. */
  cancelReplaced(modelKey: string): void {
    this.#models.downloads.get(modelKey)?.cancel('Another ModelDownloads has taken the model over.');
  }

  /** Closes the channel to other tabs and removes the page's listeners. */
  dispose(): void {
    this.#pauseChannel.close();
    this.#stopWatching();
  }
}
