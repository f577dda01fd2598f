import type { Clock, DownloadFailure } from '../../core/index.js';
import type { StallLimit } from './stall-limit.js';
import { silenceFailure, Watchdog } from './watchdog.js';

/** Receives the events of a {@link Silence}. */
export interface SilenceListener {
  /** Called when another connection is needed. */
  readonly onSilent: () => void;
  /** Called when the silence has reached the longest limit, after which the connection is given up. */
  readonly onHopeless: (failure: DownloadFailure) => void;
  /** Called when a silent server delivers again, and when its connection has ended. */
  readonly onOver: () => void;
}

/** Measures how long the server of one connection is silent while a byte is expected. */
export class Silence {
  readonly #stall: StallLimit;
  readonly #listener: SilenceListener;
  readonly #watchdog: Watchdog;
  /** How long no byte has arrived, in ms, in whole steps of the limit. */
  #duration = 0;
  #failure: DownloadFailure | undefined;

  constructor(stall: StallLimit, clock: Clock, listener: SilenceListener) {
    this.#stall = stall;
    this.#listener = listener;
    this.#watchdog = new Watchdog(stall.step, clock, () => {
      this.#duration += stall.step;
      this.#judge();
    });
  }

  /** A failure of the code `timeout` while another connection is needed. */
  get failure(): DownloadFailure | undefined {
    return this.#failure;
  }

  /** Expects a byte from now on. */
  expect(): void {
    this.#watchdog.expect();
  }

  /** Records that a byte has arrived, or the body has ended. No byte is expected until the next {@link expect}. */
  end(): void {
    this.#watchdog.rest();
    this.#duration = 0;
    const wasSilent = this.#failure !== undefined;
    this.#failure = undefined;
    if (wasSilent) this.#listener.onOver();
  }

  /** Gives a silent server more time. */
  resume(): void {
    this.#failure = undefined;
  }

  /** Works as {@link end}, for good. */
  close(): void {
    this.end();
    this.#watchdog.close();
  }

  #judge(): void {
    const isHopeless = this.#stall.isHopeless(this.#duration);
    if (!isHopeless) this.#watchdog.expect();
    if (!isHopeless && (this.#failure || !this.#stall.isReached(this.#duration))) return;
    this.#stall.grow();
    const failure = silenceFailure(this.#duration);
    if (isHopeless) {
      this.#listener.onHopeless(failure);
    } else {
      this.#failure = failure;
      this.#listener.onSilent();
    }
  }
}
