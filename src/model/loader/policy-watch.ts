import { classifyFailure, DownloadFailure, systemClock, type FetchLike, type Timer } from '../../core/index.js';
import { urlOf } from '../transformers/fetch-hook.js';

/** How long after the rejection of a request the `securitypolicyviolation` event may arrive, in ms: it is a separate task. */
const EVENT_LIMIT = 100;

/** The messages of browsers for a module that could not be imported. WebKit's contains no address. */
const IMPORT_FAILED = /importing a module script failed|dynamically imported module/i;
const HAS_NO_ADDRESS = /importing a module script failed/i;

/** A request that the policy has blocked. */
interface Violation {
  readonly directive: string;
  /** The address, or the origin of one on another host. */
  readonly address: string;
}

/** The target of the event: the window or the worker; Node has none. */
const target = globalThis as Partial<EventTarget>;

/**
 * Distinguishes requests and scripts that a Content-Security-Policy blocks from broken connections: both reject with the same error.
 * Scripts are imported by the page, such as Transformers.js, or by the ONNX Runtime, without a request that could be recorded. One instance serves all attempts of a load.
 */
export class PolicyWatch {
  /** The requested addresses and origins, since other requests of the page may be blocked at the same time. */
  readonly #requested = new Set<string>();
  /** The last blocked request among them. */
  #violation: Violation | undefined;
  /** The blocked scripts, also those of others. */
  readonly #scripts: Violation[] = [];

  /** Called when a script is blocked. */
  #onScript: (() => void) | undefined;
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

  /** Waits for the event of a blocked script, if a failure can be that of its import: the event is a separate task. */
  async settle(cause: unknown): Promise<void> {
    const { message } = classifyFailure(cause);
    if (!IMPORT_FAILED.test(message) || this.explain(cause) !== cause || !target.addEventListener) return;
    await new Promise<void>((resolve) => {
      this.#onScript = resolve;
      systemClock.setTimeout(resolve, EVENT_LIMIT);
    });
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
   * A network failure as `blocked` if the policy has caused it, and so that of an import; any other cause unchanged. If the event
   * arrives after the rejection, the failure of the next automatic attempt is explained.
   */
  explain(cause: unknown): unknown {
    const { code, message } = classifyFailure(cause);
    const violation = (code === 'network' ? this.#violation : undefined) ?? this.#scripts.find(({ address }) => isImport(message, address));
    if (!violation) return cause;
    const { directive, address } = violation;
    const sentence = `The Content-Security-Policy of the page blocks ${new URL(address).host}: ${directive} does not allow it`;
    return new DownloadFailure('blocked', sentence, { cause });
  }

  readonly #close = (): void => this.close();

  readonly #receive = (event: Event): void => {
    const { disposition, effectiveDirective: directive, blockedURI: address } = event as SecurityPolicyViolationEvent;
    if (disposition !== 'enforce') return;
    if (this.#requested.has(address)) this.#violation = { directive, address };
    // Others are keywords such as `inline`.
    else if (/^(script|worker)-src/.test(directive) && URL.canParse(address)) {
      this.#scripts.push({ directive, address });
      this.#onScript?.();
    }
  };
}

/** Whether a message is that of a failed import from an address: other scripts of the page may be blocked at the same time. */
function isImport(message: string, address: string): boolean {
  return HAS_NO_ADDRESS.test(message) || message.includes(address);
}
