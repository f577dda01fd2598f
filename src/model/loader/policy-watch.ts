import { classifyFailure, DownloadFailure, systemClock, type FetchLike, type Timer } from '../../core/index.js';
import { urlOf } from '../transformers/fetch-hook.js';

/** How long after the rejection of a request the event may come, in ms: it is a task of its own. */
const EVENT_LIMIT = 100;

/** Where the event arrives: the window or the worker; Node has none. */
const target = globalThis as Partial<EventTarget>;

/**
 * Tells requests that a Content-Security-Policy blocks from connections that broke: both reject with the same error. One
 * for all attempts of a load.
 */
export class PolicyWatch {
  /** The addresses and origins that were asked for: other requests of the page may be blocked meanwhile. */
  readonly #asked = new Set<string>();
  /** The last of them that was blocked. */
  #violation: { readonly directive: string; readonly host: string } | undefined;

  #timer: Timer;
  /** That of the attempt under way. */
  #signal: AbortSignal | undefined;

  /** Listens while an attempt runs: one whose signal aborts has been cancelled, and needs no explanation. */
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

  /** Stops listening after a failure, once the event of the last request has had time to come. */
  closeLate(): void {
    // The signal of an attempt that has failed aborts then.
    this.#signal?.removeEventListener('abort', this.#close);
    if (!this.#signal?.aborted) this.#timer = systemClock.setTimeout(this.#close, EVENT_LIMIT);
  }

  /** A `fetch` whose requests are watched. */
  watch(fetch: FetchLike): FetchLike {
    return (input, init) => {
      const url = urlOf(input);
      // In Node there is no policy.
      const base = (globalThis as Partial<typeof globalThis>).location?.href;
      if (URL.canParse(url, base)) {
        const { href, origin } = new URL(url, base);
        this.#asked.add(href).add(origin);
      }
      return fetch(input, init);
    };
  }

  /**
   * A broken connection as `blocked` where the policy is known to be its cause, and any other cause as it is. The event
   * may come after the rejection: then the next attempt, which begins by itself, tells it.
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
    if (disposition === 'enforce' && this.#asked.has(blockedURI)) this.#violation = { directive, host: new URL(blockedURI).host };
  };
}
