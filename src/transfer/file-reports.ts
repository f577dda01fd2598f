import { notify } from '../core/index.js';
import { Beat } from './beat.js';
import type { FileDownloadContext, FileProgressReport } from './file-download-context.js';

/** Tells how far a file is, in this realm and in others: bytes once a beat, and whatever else happens at once. */
export class FileReports {
  readonly #url: string;
  readonly #context: Pick<FileDownloadContext, 'clock' | 'channel' | 'tell'>;
  readonly #beat: Beat;
  readonly #onBeat = (): void => this.#strike();
  #held: FileProgressReport | undefined;
  #phase: FileProgressReport['phase'] | undefined;
  /** Whether one was told since the last beat. */
  #wasTold = false;
  #isClosed = false;

  constructor(url: string, context: Pick<FileDownloadContext, 'clock' | 'channel' | 'tell'>) {
    this.#url = url;
    this.#context = context;
    this.#beat = Beat.of(context.clock);
  }

  tell(report: FileProgressReport): void {
    if (this.#isClosed) return;
    const isNews = report.phase !== this.#phase;
    this.#phase = report.phase;
    this.#held = report;
    if (isNews || !this.#wasTold) this.#pass();
    this.#beat.wait(this.#onBeat);
  }

  /** Tells what waits, and nothing after it. */
  close(): void {
    this.#pass();
    this.#isClosed = true;
    this.#beat.forget(this.#onBeat);
  }

  #strike(): void {
    this.#wasTold = false;
    if (!this.#held) return;
    this.#pass();
    this.#beat.wait(this.#onBeat);
  }

  #pass(): void {
    const report = this.#held;
    if (!report) return;
    this.#held = undefined;
    this.#wasTold = true;
    notify((heard) => this.#say(heard), report, this.#context.clock);
  }

  #say(report: FileProgressReport): void {
    const { clock, channel, tell } = this.#context;
    const { loaded, total } = report;
    tell(report);
    channel.tell({ url: this.#url, loaded, total }, clock.now());
  }
}
