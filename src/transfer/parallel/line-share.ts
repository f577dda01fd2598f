import type { Clock } from '../../core/index.js';
import type { OtherDownloads } from './parallel-options.js';

/** A body without a byte for this time, in ms, does not count as being downloaded. */
const ACTIVE = 2_000;

/** What the bodies of a page share: its line. */
interface Line {
  /** The bodies that are being downloaded, and when each has last received bytes, in ms. */
  readonly lastBytesAt: Map<LineShare, number>;
  /** The body that several connections deliver, if there is one. */
  readonly owners: Set<LineShare>;
  /** Bytes that all bodies have received. */
  bytes: number;
}

/** The line of each clock: a page has one of both. */
const lines = new WeakMap<Clock, Line>();

/** The share of one body in the line of its page. */
export class LineShare {
  readonly #clock: Clock;
  readonly #line: Line;
  #bytes = 0;
  #isClosed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#line = lines.get(clock) ?? { lastBytesAt: new Map(), owners: new Set(), bytes: 0 };
    lines.set(clock, this.#line);
  }

  /** Records that `bytes` of the body have arrived in all. */
  record(bytes: number): void {
    const received = Math.max(0, bytes - this.#bytes);
    this.#bytes += received;
    this.#line.bytes += received;
    if (!this.#isClosed) this.#line.lastBytesAt.set(this, this.#clock.now());
  }

  /** The other downloads of the page. */
  get others(): OtherDownloads {
    const { lastBytesAt, bytes } = this.#line;
    const now = this.#clock.now();
    const active = [...lastBytesAt].filter(([share, at]) => share !== this && now - at < ACTIVE);
    return { count: active.length, bytes: bytes - this.#bytes };
  }

  /** Whether another body uses several connections. Those of two bodies would be more than a browser opens to a host. */
  get isTaken(): boolean {
    const { owners } = this.#line;
    return owners.size > 0 && !owners.has(this);
  }

  /** Takes the right to use several connections. */
  take(): void {
    if (!this.#isClosed) this.#line.owners.add(this);
  }

  /** Returns the right to use several connections. */
  release(): void {
    this.#line.owners.delete(this);
  }

  /** Ends the download. */
  close(): void {
    this.#isClosed = true;
    this.release();
    this.#line.lastBytesAt.delete(this);
  }
}
