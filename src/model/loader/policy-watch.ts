import { classifyFailure, DownloadFailure, systemClock, type Clock, type FetchLike, type Timer } from '../../core/index.js';
import { urlOf } from '../transformers/fetch-hook.js';

/** How long after the rejection of a request the `securitypolicyviolation` event may arrive, in ms: it is a separate task. */
const EVENT_LIMIT = 100;

/** The messages of browsers for a module that could not be imported. */
const IMPORT_FAILED = /importing a module script failed|dynamically imported module/i;

/** The message of WebKit, which contains no address. */
const IMPORT_OF_ANY = /importing a module script failed/i;

/** A request that the policy has blocked. */
interface Violation {
  readonly directive: string;
  /** The address, or the origin of one on another host. */
  readonly address: string;
  /** The time of the event. */
  readonly at: number;
}

/** The target of the event: the window or the worker; Node has none. */
const target = globalThis as Partial<EventTarget>;

/**
 * Distinguishes requests and scripts that a Content-Security-Policy blocks from broken connections: both reject with the same error.
 * Scripts are imported by the page, such as Transformers.js, or by the ONNX Runtime, without a request that could be recorded. One
 * instance serves all attempts of a load.
 */
export class PolicyWatch {
  /** The requested addresses and origins, since other requests of the page may be blocked at the same time. */
  readonly #requested = new Set<string>();
  /** The blocked requests among them, by address. */
  readonly #blocked = new Map<string, Violation>();
  /** The addresses of requests that were rejected, by the error: others of the same load may have been blocked before. */
  readonly #rejected = new WeakMap<object, readonly string[]>();
  /** The blocked scripts of the page, also those that this load has not imported. */
  readonly #scripts: Violation[] = [];

  /** Called after each event. */
  #onBlocked: (() => void) | undefined;
  #timer: Timer;
  /** The signal of the running attempt. */
  #signal: AbortSignal | undefined;
  readonly #clock: Clock;

  constructor(clock: Clock = systemClock) {
    this.#clock = clock;
  }

  /** Starts to listen, until the attempt ends or its signal aborts. */
  open(signal: AbortSignal): void {
    this.close();
    this.#signal = signal;
    signal.addEventListener('abort', this.#close);
    target.addEventListener?.('securitypolicyviolation', this.#receive);
  }

  /** Stops listening. */
  close(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#signal?.removeEventListener('abort', this.#close);
    target.removeEventListener?.('securitypolicyviolation', this.#receive);
  }

  /** Stops listening after a failure, with a delay for the event of the last request. */
  closeLate(): void {
    // The signal of a failed attempt aborts, which must not end the delay.
    this.#signal?.removeEventListener('abort', this.#close);
    if (!this.#signal?.aborted) this.#timer = this.#clock.setTimeout(this.#close, EVENT_LIMIT);
  }

  /** Wraps `fetch` to record the addresses of its requests. */
  watch(fetch: FetchLike): FetchLike {
    return async (input, init) => {
      const url = urlOf(input);
      // Node has no policy and no base address.
      const base = (globalThis as Partial<typeof globalThis>).location?.href;
      if (!URL.canParse(url, base)) return fetch(input, init);
      const { href, origin } = new URL(url, base);
      this.#requested.add(href).add(origin);
      try {
        return await fetch(input, init);
      } catch (cause) {
        if (cause instanceof Error) this.#rejected.set(cause, [href, origin]);
        throw cause;
      }
    };
  }

  /**
   * Resolves with a failure `blocked` if the policy has caused the failure, or else with `cause`. Waits up to {@link EVENT_LIMIT} for
   * the event if the cause can be a blocked request or script.
   */
  async explain(cause: unknown): Promise<unknown> {
    const { code, message } = classifyFailure(cause);
    if (code !== 'network' && !IMPORT_FAILED.test(message)) return cause;
    const find = (): Violation | undefined => (code === 'network' ? this.#requestOf(cause) : undefined) ?? this.#scriptIn(message);
    if (!find()) await this.#nextEvent(find);
    const violation = find();
    if (!violation) return cause;
    const { directive, address } = violation;
    const sentence = `The Content-Security-Policy of the page blocks ${new URL(address).host}: ${directive} does not allow it`;
    return new DownloadFailure('blocked', sentence, { cause });
  }

  /**
   * Returns the blocked request that has caused a failure, by the error with which it was rejected. A `TypeError` or a failure of the
   * transfer layer without such an error is the failure of a body, whose request was not blocked. Other errors describe the request
   * only in their message: then the last blocked request is returned.
   */
  #requestOf(failure: unknown): Violation | undefined {
    let cause = failure;
    for (; cause instanceof Error; cause = cause.cause) {
      const addresses = this.#rejected.get(cause);
      if (addresses) return addresses.map((address) => this.#blocked.get(address)).find((violation) => violation !== undefined);
    }
    return failure instanceof DownloadFailure || failure instanceof TypeError ? undefined : [...this.#blocked.values()].at(-1);
  }

  /**
   * Returns the blocked script whose address is in a message: other scripts of the page may be blocked at the same time. For the
   * message of WebKit it returns one that was blocked within {@link EVENT_LIMIT}.
   */
  #scriptIn(message: string): Violation | undefined {
    const now = this.#clock.now();
    const isAnyOfNow = ({ at }: Violation): boolean => IMPORT_OF_ANY.test(message) && now - at <= EVENT_LIMIT;
    return this.#scripts.find((script) => message.includes(script.address) || isAnyOfNow(script));
  }

  #addBlocked(violation: Violation): void {
    // A new insertion makes the last blocked request the last entry of the map.
    this.#blocked.delete(violation.address);
    this.#blocked.set(violation.address, violation);
  }

  /** Resolves when `find` finds an event, or after {@link EVENT_LIMIT}. */
  async #nextEvent(find: () => Violation | undefined): Promise<void> {
    if (!target.addEventListener) return;
    let timer: Timer;
    await new Promise<void>((resolve) => {
      this.#onBlocked = () => find() && resolve();
      timer = this.#clock.setTimeout(resolve, EVENT_LIMIT);
    }).finally(() => this.#clock.clearTimeout(timer));
  }

  readonly #close = (): void => this.close();

  readonly #receive = (event: Event): void => {
    const { disposition, effectiveDirective: directive, blockedURI: address } = event as SecurityPolicyViolationEvent;
    if (disposition !== 'enforce') return;
    const violation = { directive, address, at: this.#clock.now() };
    if (this.#requested.has(address)) this.#addBlocked(violation);
    // Other values of `blockedURI` are keywords such as `inline`.
    else if (/^(script|worker)-src/.test(directive) && URL.canParse(address)) this.#scripts.push(violation);
    else return;
    this.#onBlocked?.();
  };
}
