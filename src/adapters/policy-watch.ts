import { classifyFailure, DownloadFailure, type FetchLike } from '../core/index.js';
import { urlOf } from './fetch-hook.js';

/** Tells requests that a Content-Security-Policy blocks from connections that broke: both reject with the same error. */
export class PolicyWatch {
  /** The addresses and origins that were asked for: other requests of the page may be blocked meanwhile. */
  readonly #asked = new Set<string>();
  /** The last of them that was blocked. */
  #violation: { readonly directive: string; readonly host: string } | undefined;

  constructor() {
    (globalThis as Partial<EventTarget>).addEventListener?.('securitypolicyviolation', this.#receive);
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
    return new DownloadFailure('blocked', `The Content-Security-Policy of the page blocks ${host}: ${directive} does not allow it`, { cause });
  }

  /** Stops listening. */
  close(): void {
    (globalThis as Partial<EventTarget>).removeEventListener?.('securitypolicyviolation', this.#receive);
  }

  readonly #receive = (event: Event): void => {
    const { disposition, effectiveDirective: directive, blockedURI } = event as SecurityPolicyViolationEvent;
    if (disposition === 'enforce' && this.#asked.has(blockedURI)) this.#violation = { directive, host: new URL(blockedURI).host };
  };
}
