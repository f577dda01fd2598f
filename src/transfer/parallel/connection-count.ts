/** The numbers of connections that are tried one after another. A browser opens six to a host, and the page needs some of them. */
const STEPS = [1, 2, 4] as const;

/** The least factor by which the rate must grow with each step. A full line is only shared by more connections. */
const LEAST_GAIN = [1, 1.25, 1.15] as const;

/** How long a rate is measured, in ms. */
const MEASURED = 500;

/** How long new connections take to reach their rate after their first bytes, in ms: TCP starts slowly. */
const SETTLING = 500;

/**
 * The first connection has reached its rate if two measurements differ by no more than this factor: it starts slowly, some servers begin
 * faster, and a busy page reads nothing for a moment.
 */
const STEADY = 1.2;

/**
 * Decides over how many connections a file is downloaded, by the rate of all of them together. It starts with one, doubles the number
 * while that makes the download faster, and then keeps it. huggingface.js has measured such a rule (pull request 2352).
 */
export class ConnectionCount {
  readonly #most: number;
  /** The last rate of each step, in bytes per ms. */
  readonly #rates: number[] = [];
  #step = 0;
  #isDecided = false;
  #settledAt: number | undefined = 0;
  #begin: { readonly at: number; readonly bytes: number } | undefined;

  /**
   * @param most The largest number, at least 2.
   * @param rate The last rate of the first connection, in bytes per ms.
   */
  constructor(most: number, rate: number) {
    this.#most = most;
    this.#rates[0] = rate;
  }

  /** The number of connections. */
  get value(): number {
    return Math.min(STEPS[this.#step] ?? 1, this.#most);
  }

  /** Whether the number stays. */
  get isDecided(): boolean {
    return this.#isDecided;
  }

  /** Whether connections have been added that are not known to deliver. */
  get isWaiting(): boolean {
    return this.#settledAt === undefined;
  }

  /** Records that all connections deliver. */
  settle(now: number): void {
    this.#settledAt = now + SETTLING;
  }

  /**
   * Records a measurement.
   *
   * @param bytes Bytes that have arrived over all connections so far.
   * @param now In ms.
   */
  sample(bytes: number, now: number): void {
    if (this.#isDecided || now < (this.#settledAt ?? Infinity)) return;
    this.#begin ??= { at: now, bytes };
    const { at, bytes: before } = this.#begin;
    if (now - at < MEASURED) return;
    this.#begin = { at: now, bytes };
    this.#judge((bytes - before) / (now - at));
  }

  /** Goes back to the number before for good. Returns whether that is more than one. */
  reduce(): boolean {
    this.#step = Math.max(0, this.#step - 1);
    this.#isDecided = true;
    return this.#step > 0;
  }

  /** Goes back to one connection, and measures again from `now` on. */
  restart(now: number): void {
    this.#step = 0;
    this.#isDecided = false;
    this.#rates.length = 0;
    this.#begin = undefined;
    this.settle(now);
  }

  #judge(rate: number): void {
    const step = this.#step;
    // The first connection is compared with itself, more connections with fewer.
    const before = this.#rates[Math.max(0, step - 1)];
    this.#rates[step] = rate;
    const isLast = step === STEPS.length - 1 || this.value === this.#most;
    if (step === 0) {
      if (before === undefined || Math.max(rate, before) > Math.min(rate, before) * STEADY) return;
      this.#rates[0] = Math.max(rate, before);
      this.#advance();
    } else if (rate < (before ?? 0) * (LEAST_GAIN[step] ?? 1)) {
      this.#step -= 1;
      this.#isDecided = true;
    } else if (isLast) {
      this.#isDecided = true;
    } else {
      this.#advance();
    }
  }

  #advance(): void {
    this.#step += 1;
    this.#settledAt = this.#begin = undefined;
  }
}
