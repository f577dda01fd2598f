// In: requests, and the reports of their bodies. Out: downloads, and each report with its address.
import type { DownloadRecoveryManager } from '../core/index.js';
import { notify } from '../core/internal.js';
import type { DownloadRequest } from './download-request.js';
import { FileDownload } from './file-download.js';
import type { FileDownloadContext, FileDownloadOwner, FileProgressReport } from './file-download-context.js';

/** Settings of {@link ActiveDownloads}. */
export interface ActiveDownloadsOptions {
  readonly context: FileDownloadContext;
  /** Its retry policy receives how many bytes have arrived; it is cancelled when no download is left. */
  readonly recovery: DownloadRecoveryManager;
  /** Ends every download when it aborts. */
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((url: string, report: FileProgressReport) => void) | undefined;
  readonly onFailure: ((cause: unknown, url: string) => void) | undefined;
}

/** The downloads of one download fetch that have not ended, which are paused, resumed and aborted together. */
export class ActiveDownloads {
  readonly #options: ActiveDownloadsOptions;
  readonly #downloads = new Set<FileDownload>();
  /** Bytes from the network for each of them. Stored bytes are not progress. */
  readonly #arrived = new Map<FileDownload, number>();
  /** Bytes from the network for the downloads that have ended. */
  #past = 0;

  constructor(options: ActiveDownloadsOptions) {
    this.#options = options;
  }

  /** Whether a file is being downloaded. */
  get isActive(): boolean {
    return this.#downloads.size > 0;
  }

  /** Whether a download waits for another tab, or another caller, that downloads the same file. */
  get isFollowing(): boolean {
    return [...this.#downloads].some(({ isFollowing }) => isFollowing);
  }

  /**
   * Starts a download and resolves with its response.
   *
   * @param signal The signal of the caller.
   * @param kind As in `FileDownloadOwner`.
   */
  start(
    request: DownloadRequest,
    signal: AbortSignal | null | undefined,
    kind: Pick<FileDownloadOwner, 'isEarly' | 'isRepeated'> = {},
  ): Promise<Response> {
    const { context, recovery, onFailure } = this.#options;
    const onEnd = (): void => {
      this.#downloads.delete(download);
      this.#past += this.#arrived.get(download) ?? 0;
      this.#arrived.delete(download);
      context.channel.close();
      if (this.#downloads.size > 0) return;
      recovery.cancel();
      // A later call begins with all of its retries.
      recovery.policy.refill();
    };
    const listener = {
      onEnd,
      onProgress: (report: FileProgressReport) => this.#report(download, report),
      onFailure: (cause: unknown) => notify((failure) => onFailure?.(failure, request.url), cause, context.clock),
    };
    context.channel.open();
    const download = new FileDownload(request, context, { listener, signals: [this.#options.signal, signal], ...kind });
    this.#downloads.add(download);
    return download.open();
  }

  /** Closes every connection at once; new ones wait for {@link resume}. */
  pause(): void {
    this.#options.context.gate.close();
    for (const download of this.#downloads) download.pause();
  }

  /** Opens connections again. */
  resume(): void {
    this.#options.context.gate.open();
  }

  /** Ends every download with `reason`. The stored bytes stay. */
  abort(reason: unknown): void {
    for (const download of this.#downloads) download.abort(reason);
  }

  /** Deletes the stored bytes of every file, and stores no more of them. */
  async discard(): Promise<void> {
    await Promise.all([...this.#downloads].map((download) => download.discard()));
  }

  #report(download: FileDownload, report: FileProgressReport): void {
    const { context, recovery, onProgress } = this.#options;
    this.#arrived.set(download, report.loaded - report.stored);
    recovery.policy.recordBytes([...this.#arrived.values()].reduce((sum, arrived) => sum + arrived, this.#past));
    notify((received) => onProgress?.(download.url, received), report, context.clock);
  }
}
