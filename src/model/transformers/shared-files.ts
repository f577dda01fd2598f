import type { FetchLike } from '../../core/index.js';
import { urlOf } from './fetch-hook.js';
import { absolute } from './model-address.js';

/** The small files that say which others a model needs: both the runtime and our plan read them. */
export const CONFIG = 'config.json';
export const PREPROCESSOR = 'preprocessor_config.json';

/**
 * The small files of one load that have two readers. The first that asks for one makes the request,
 * and each gets an answer of its own. An answer that is no success is given only to the one that
 * asked: the other one's request may have headers of its own.
 */
export class SharedFiles {
  readonly #fetch: FetchLike;
  readonly #answers = new Map<string, Promise<Response>>();
  readonly #watchers = new Map<string, () => void>();

  constructor(fetch: FetchLike) {
    this.#fetch = fetch;
  }

  /** A `fetch` for these files, for the runtime. */
  readonly fetch: FetchLike = async (input, init) => {
    const known = this.#answers.get(absolute(urlOf(input)));
    const response = await (known ?? this.#ask(input, init));
    if (response.ok) return response.clone();
    return known ? this.#fetch(input, init) : response;
  };

  /** Resolves when such a file is asked for. */
  asked(url: string): Promise<void> {
    return new Promise((resolve) => this.#watchers.set(url, resolve));
  }

  /** What such a file says, for the plan; `undefined` where it is not to be had, or is no JSON. */
  async json(url: string): Promise<unknown> {
    try {
      const response = await (this.#answers.get(url) ?? this.#ask(url));
      return response.ok ? await response.clone().json() : undefined;
    } catch {
      return undefined;
    }
  }

  #ask(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const url = absolute(urlOf(input));
    this.#watchers.get(url)?.();
    const answer = this.#fetch(input, init).then(readWhole);
    this.#answers.set(url, answer);
    const forget = (): boolean => this.#answers.delete(url);
    answer.then(({ ok }) => ok || forget(), forget);
    return answer;
  }
}

/** The same answer with all of its bytes, whose length is known by now. */
async function readWhole(response: Response): Promise<Response> {
  if (!response.ok) return response;
  const bytes = await response.arrayBuffer();
  const headers = new Headers(response.headers);
  headers.set('Content-Length', String(bytes.byteLength));
  // The bytes have been decoded.
  headers.delete('Content-Encoding');
  const { status, statusText } = response;
  return new Response(bytes, { status, statusText, headers });
}
