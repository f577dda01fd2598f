import type { FetchLike } from '../core/index.js';

/** One call of `fetch` for a file, and the requests for its response. */
export class DownloadRequest {
  /** The address, resolved as the platform resolves it, without its fragment. */
  readonly url: string;
  /** The headers and credentials of the request. */
  readonly init: RequestInit;
  /** The `integrity` of the request; empty for none. */
  readonly integrity: string;

  readonly #input: RequestInfo | URL;
  readonly #given: RequestInit;
  readonly #fetch: FetchLike;
  readonly #headers: Headers;

  private constructor(url: string, input: RequestInfo | URL, given: RequestInit, fetch: FetchLike) {
    const { headers, credentials, integrity = '' } = isRequest(input) ? input : ({} as Partial<Request>);
    this.url = url;
    this.#input = input;
    this.#given = given;
    this.#fetch = fetch;
    this.#headers = new Headers(given.headers ?? headers);
    this.init = { headers: this.#headers, credentials: given.credentials ?? credentials ?? 'same-origin' };
    this.integrity = given.integrity ?? integrity;
  }

  /** The download of a call of `fetch`; `undefined` for another kind of call: another method, a body, a `Range` of its own. */
  static of(input: RequestInfo | URL, init: RequestInit, fetch: FetchLike): DownloadRequest | undefined {
    const own = isRequest(input) ? input : undefined;
    const { method = own?.method ?? 'GET', headers = own?.headers, mode = own?.mode, cache = own?.cache } = init;
    if (method.toUpperCase() !== 'GET' || init.body || mode === 'no-cors' || cache === 'only-if-cached') return undefined;
    const url = resolve(input);
    if (url === undefined || new Headers(headers).has('Range')) return undefined;
    return new DownloadRequest(url, input, init, fetch);
  }

  /** The headers that the caller has set, by which a server may choose its response. */
  get headers(): Headers {
    return this.#headers;
  }

  /**
   * The cache mode for a request beside one for the same address that has no response. In the default mode the browser's cache
   * can delay it until that one ends. `undefined` for the caller’s own mode.
   */
  get cacheBeside(): RequestCache | undefined {
    const { cache = isRequest(this.#input) ? this.#input.cache : undefined } = this.#given;
    return cache === undefined || cache === 'default' ? 'reload' : undefined;
  }

  /**
   * Makes the caller's own request, with the browser's cache and compression as usual.
   *
   * @param cache Another cache mode than the caller's.
   */
  plain(signal: AbortSignal, cache?: RequestCache): Promise<Response> {
    return this.#fetch(this.#input, { ...this.#whole, ...(cache && { cache }), signal });
  }

  /**
   * Makes the same request for the bytes from `start` on. `If-Range` would make browsers send a preflight request first.
   * Without `no-store` the browser's cache would delay it while another request for the address is open.
   */
  range(start: number, signal: AbortSignal): Promise<Response> {
    const headers = new Headers(this.#headers);
    headers.set('Range', `bytes=${start}-`);
    return this.#fetch(this.#input, { ...this.#whole, headers, cache: 'no-store', signal });
  }

  /** The settings without `integrity`, which this layer checks: the browser would compare a part with the hash of the whole. */
  get #whole(): RequestInit {
    return this.integrity ? { ...this.#given, integrity: '' } : this.#given;
  }
}

/** The address of a request; `undefined` if the platform will reject it. */
function resolve(input: RequestInfo | URL): string | undefined {
  try {
    const url = new URL(isRequest(input) ? input.url : new Request(input).url);
    url.hash = '';
    return /^https?:$/.test(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/** Also for a `Request` of another realm, such as a frame's. */
function isRequest(input: RequestInfo | URL): input is Request {
  return typeof input === 'object' && 'url' in input;
}
