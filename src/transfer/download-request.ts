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

  /** Returns the download for a call of `fetch`; `undefined` for other calls, such as with another method, a body or a `Range`. */
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
   * The cache mode for a second request while the first one for the same address has no response. In the default mode the browser's
   * cache can delay the second one until the first has ended. `undefined` means the caller's own mode.
   */
  get cacheBeside(): RequestCache | undefined {
    return this.isCacheable ? 'reload' : undefined;
  }

  /** Whether the caller's own cache mode is the default, in which the browser may respond with a stored version. */
  get isCacheable(): boolean {
    const { cache = isRequest(this.#input) ? this.#input.cache : undefined } = this.#given;
    return cache === undefined || cache === 'default';
  }

  /**
   * Makes the caller's own request, with the browser's cache and compression as usual.
   *
   * @param cache The cache mode. Default: the caller's own.
   */
  plain(signal: AbortSignal, cache?: RequestCache): Promise<Response> {
    return this.#fetch(this.#input, { ...this.#whole, ...(cache && { cache }), signal });
  }

  /**
   * Makes the same request for the bytes from `start` on. It has no `If-Range`, for which browsers would send a preflight request.
   * It has `no-store`, since the browser's cache would delay it while another request for the address is open.
   *
   * @param end The offset after the last byte. Default: that after the last byte of the file.
   */
  range(start: number, signal: AbortSignal, end?: number): Promise<Response> {
    const headers = new Headers(this.#headers);
    headers.set('Range', `bytes=${start}-${end === undefined ? '' : end - 1}`);
    return this.#fetch(this.#input, { ...this.#whole, headers, cache: 'no-store', signal });
  }

  /** The settings without `integrity`, which this layer checks: the browser would compare a range with the hash of the whole file. */
  get #whole(): RequestInit {
    return this.integrity ? { ...this.#given, integrity: '' } : this.#given;
  }
}

/** Returns the address of a request without its fragment; `undefined` if it is not an HTTP address, or the platform will reject it. */
function resolve(input: RequestInfo | URL): string | undefined {
  try {
    const url = new URL(isRequest(input) ? input.url : new Request(input).url);
    url.hash = '';
    return /^https?:$/.test(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/** Whether an input is a `Request`, also one of another realm, such as a frame's. */
function isRequest(input: RequestInfo | URL): input is Request {
  return typeof input === 'object' && 'url' in input;
}
