import type { FetchLike } from '../../core/index.js';
import { urlOf } from './fetch-hook.js';
import { absolute } from './model-address.js';

/** The small files that determine which others a model needs: both the runtime and the plan read them. */
export const CONFIG = 'config.json';
export const PREPROCESSOR = 'preprocessor_config.json';

/**
 * The small files of one load that have two readers. The first reader makes the request, and each gets its own response.
 * An error response is returned only to the reader that made the request: the other's request may have other headers.
 */
export class SharedFiles {
  readonly #fetch: FetchLike;
  readonly #responses = new Map<string, Promise<Response>>();
  readonly #watchers = new Map<string, () => void>();

  constructor(fetch: FetchLike) {
    this.#fetch = fetch;
  }

  /** A `fetch` for these files, used by the runtime. */
  readonly fetch: FetchLike = async (input, init) => {
    const known = this.#responses.get(absolute(urlOf(input)));
    const response = await (known ?? this.#request(input, init));
    if (response.ok) return response.clone();
    return known ? this.#fetch(input, init) : response;
  };

  /** Resolves when a file is requested. */
  requested(url: string): Promise<void> {
    return new Promise((resolve) => this.#watchers.set(url, resolve));
  }

  /** The parsed content of a file, used by the plan; `undefined` if it cannot be read or is not JSON. */
  async json(url: string): Promise<unknown> {
    try {
      const response = await (this.#responses.get(url) ?? this.#request(url));
      return response.ok ? await response.clone().json() : undefined;
    } catch {
      return undefined;
    }
  }

  #request(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const url = absolute(urlOf(input));
    this.#watchers.get(url)?.();
    const response = this.#fetch(input, init).then(readWhole);
    this.#responses.set(url, response);
    const forget = (): boolean => this.#responses.delete(url);
    response.then(({ ok }) => ok || forget(), forget);
    return response;
  }
}

/** Reads the body, and returns the same response with the whole body and its exact length. */
export async function readWhole(response: Response): Promise<Response> {
  if (!response.ok) return response;
  const bytes = await response.arrayBuffer();
  const headers = new Headers(response.headers);
  headers.set('Content-Length', String(bytes.byteLength));
  // The bytes are decoded already.
  headers.delete('Content-Encoding');
  const { status, statusText } = response;
  return new Response(bytes, { status, statusText, headers });
}
