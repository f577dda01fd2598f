import { ThrottledProgressUpdater } from '../core/index.js';
import type { FileDownloadContext, FileProgressReport } from './file-download-context.js';

/** The least time between two reports of bytes, in ms: nobody draws them more often. */
const INTERVAL = 100;

/** Tells how far a file is, in this realm and in others: bytes in their time, and whatever else happens at once. */
export class FileReports {
  readonly #updates: ThrottledProgressUpdater<FileProgressReport>;
  #phase: FileProgressReport['phase'] | undefined;

  constructor(url: string, { clock, channel, tell }: Pick<FileDownloadContext, 'clock' | 'channel' | 'tell'>) {
    const pass = (report: FileProgressReport): void => {
      const { loaded, total } = report;
      tell(report);
      channel.tell({ url, loaded, total }, clock.now());
    };
    this.#updates = new ThrottledProgressUpdater(pass, { clock, interval: INTERVAL });
  }

  tell(report: FileProgressReport): void {
    this.#updates.update(report);
    if (report.phase !== this.#phase) this.#updates.flush();
    this.#phase = report.phase;
  }

  /** Tells what waits, and nothing after it. */
  close(): void {
    this.#updates.flush();
    this.#updates.cancel();
  }
}
