import { classifyFailure, DownloadFailure, systemClock, type FetchLike, type Timer } from '../../core/index.js';
import { urlOf } from '../transformers/fetch-hook.js';

/** How long after the rejection of a request the `securitypolicyviolation` event may arrive, in ms: it is a separate task. */
const EVENT_LIMIT = 100;

/** The target of the event: the window or the worker; Node has none. */
const target = globalThis as Partial<EventTarget>;

/**
 * Distinguishes requests that a Content-Security-Policy blocks from broken connections: both reject with the same error.
 * One instance serves all attempts of a load.
 */
export class PolicyWatch {
  /** The requested addresses and origins, since other requests of the page may be blocked at the same time. */
  readonly #requested = new Set<string>();
  /** The last blocked request among them. */
  #violation: { readonly directive: string; readonly host: string } | undefined;

  #timer: Timer;
  /** The signal of the running attempt. */
  #signal: AbortSignal | undefined;

  /** Starts to listen, until the attempt ends or its signal aborts. */
  open(signal: AbortSignal): void {
    this.close();
    this.#signal = signal;
    signal.addEventListener('abort', this.#close);
    target.addEventListener?.('securitypolicyviolation', this.#receive);
  }

  /** Stops listening. */
  close(): void {
    systemClock.clearTimeout(this.#timer);
    this.#signal?.removeEventListener('abort', this.#close);
    target.removeEventListener?.('securitypolicyviolation', this.#receive);
  }

  /** Stops listening after a failure, with a delay for the event of the last request. */
  closeLate(): void {
    // The signal of a failed attempt aborts, which must not end the delay.
    this.#signal?.removeEventListener('abort', this.#close);
    if (!this.#signal?.aborted) this.#timer = systemClock.setTimeout(this.#close, EVENT_LIMIT);
  }

  /** Wraps `fetch` to record the addresses of its requests. */
  watch(fetch: FetchLike): FetchLike {
    return (input, init) => {
      const url = urlOf(input);
      // Node has no policy and no base address.
      const base = (globalThis as Partial<typeof globalThis>).location?.href;
      if (URL.canParse(url, base)) {
        const { href, origin } = new URL(url, base);
        this.#requested.add(href).add(origin);
      }
      return fetch(input, init);
    };
  }

  /**
   * A network failure as `blocked` if the policy has caused it; any other cause unchanged. If the event arrives after the
   * rejection, the failure of the next automatic attempt is explained.
   */
  explain(cause: unknown): unknown {
    if (!this.#violation || classifyFailure(cause).code !== 'network') return cause;
    const { directive, host } = this.#violation;
    return new DownloadFailure('blocked', `The Content-Security-Policy of the page blocks ${host}: ${directive} does not allow it`, {
      cause,
    });
  }

  readonly #close = (): void => this.close();

  readonly #receive = (event: Event): void => {
    const { disposition, effectiveDirective: directive, blockedURI } = event as SecurityPolicyViolationEvent;
    if (disposition === 'enforce' && this.#requested.has(blockedURI)) this.#violation = { directive, host: new URL(blockedURI).host };
  };
}
