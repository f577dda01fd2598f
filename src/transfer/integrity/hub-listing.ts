import { systemClock, type Clock, type FetchLike } from '../../core/index.js';
import { abortable } from '../network/abortable.js';
import type { KnownFile, LookUpOptions } from './known-file.js';
import { readListing, type HubFiles } from './read-listing.js';

/** The path of a file on a model hub: `…/{owner}/{model}/resolve/{revision}/{file}`, without an owner for a few old models. */
const RESOLVE = /^(.*?\/)((?:[^/]+\/)?[^/]+)\/resolve\/([^/]+)\/(.*)$/;

/** How long a listing with all its pages may take, in ms. */
const LIMIT = 5_000;

/** How soon a hub that did not list a model is asked again, in ms: it would be asked for each file otherwise. */
const RETRY_AFTER = 30_000;

/** For how long after its answer a listing that was asked for anew is new, in ms: one does for all files that end together. */
const NEW_FOR = 1_000;

/** One question to a hub, and its answer. */
interface RequestedListing {
  readonly files: Promise<HubFiles | undefined>;
  /** When it turned out that there is no answer, by the clock. */
  failedAt: number | undefined;
}

/** A question that was asked past every cache. */
interface RenewedListing {
  readonly listing: string;
  readonly files: Promise<HubFiles | undefined>;
  /** The answer, once it is here; `undefined` where there is none. */
  answer: HubFiles | undefined;
  answeredAt: number | undefined;
}

/** What a hub says of the files of its models, asked for once for each model, revision and identity of the caller. */
export class HubListing {
  readonly #fetch: FetchLike;
  readonly #clock: Clock;
  readonly #requested = new Map<string, RequestedListing>();
  readonly #renewed = new Map<string, RenewedListing>();

  /** @param clock Default: the platform's clock. */
  constructor(fetch: FetchLike, clock: Clock = systemClock) {
    this.#fetch = fetch;
    this.#clock = clock;
  }

  /** Size and hash of a file, or `undefined` where no hub lists it. Never rejects. */
  async lookUp(url: string, options: LookUpOptions = {}): Promise<KnownFile | undefined> {
    const place = placeOf(url);
    return place && (await this.#request(place.listing, options))?.get(place.file);
  }

  /**
   * Every file of a model by its path, or `undefined` where no hub lists them. Never rejects.
   *
   * @param address What the addresses of its files begin with.
   */
  async files(address: string, options: LookUpOptions = {}): Promise<HubFiles | undefined> {
    const place = placeOf(address);
    return place && this.#request(place.listing, options);
  }

  /**
   * Every file of a model by its path, as the last listing tells that was asked for anew; `undefined` where there is none.
   *
   * @param address What the addresses of its files begin with.
   */
  newest(address: string): HubFiles | undefined {
    const listing = placeOf(address)?.listing;
    return [...this.#renewed.values()].find((asked) => asked.listing === listing)?.answer;
  }

  #request(address: string, { fresh = false, init = {} }: LookUpOptions): Promise<HubFiles | undefined> {
    const settings = settingsOf(init);
    const key = JSON.stringify([address, settings]);
    return fresh ? this.#requestAnew(key, address, settings) : this.#requestOnce(key, address, settings);
  }

  #requestOnce(key: string, address: string, settings: RequestInit): Promise<HubFiles | undefined> {
    const last = this.#requested.get(key);
    if (last && !(this.#clock.now() - (last.failedAt ?? Infinity) >= RETRY_AFTER)) return last.files;
    const asked: RequestedListing = { files: this.#read(address, settings), failedAt: undefined };
    this.#requested.set(key, asked);
    void asked.files.then((files) => {
      if (!files) asked.failedAt = this.#clock.now();
    });
    return asked.files;
  }

  /** Keeps the answer, if there is one, for those who ask later. */
  #requestAnew(key: string, address: string, settings: RequestInit): Promise<HubFiles | undefined> {
    const last = this.#renewed.get(key);
    if (last && !(this.#clock.now() - (last.answeredAt ?? Infinity) >= NEW_FOR)) return last.files;
    const files = this.#read(address, { ...settings, cache: 'no-store' });
    const asked: RenewedListing = { listing: address, files, answer: last?.answer, answeredAt: undefined };
    this.#renewed.set(key, asked);
    void files.then((found) => {
      asked.answeredAt = this.#clock.now();
      if (!found) return;
      asked.answer = found;
      this.#requested.set(key, { files, failedAt: undefined });
    });
    return files;
  }

  async #read(address: string, settings: RequestInit): Promise<HubFiles | undefined> {
    const controller = new AbortController();
    const { signal } = controller;
    const timer = this.#clock.setTimeout(() => controller.abort(), LIMIT);
    const request = (page: string): Promise<Response> => this.#fetch(page, { ...settings, signal });
    try {
      return await abortable(readListing(address, request), signal);
    } catch {
      return undefined;
    } finally {
      this.#clock.clearTimeout(timer);
      // An answer that was not read to its end keeps its connection otherwise.
      controller.abort();
    }
  }
}

/** Which file an address names, and where the files beside it are listed. */
function placeOf(url: string): { listing: string; file: string } | undefined {
  if (!URL.canParse(url)) return undefined;
  const { origin, pathname } = new URL(url);
  const [, host, model, revision, path] = RESOLVE.exec(pathname) ?? [];
  if (host === undefined || path === undefined) return undefined;
  try {
    return { listing: `${origin}${host}api/models/${model}/tree/${revision}?recursive=true`, file: decodeURIComponent(path) };
  } catch {
    // No hub has a file whose address cannot be decoded.
    return undefined;
  }
}

/** What the hub has to know of the caller; a listing is of the same origin as the file. */
function settingsOf({ headers, credentials = 'same-origin' }: RequestInit): RequestInit {
  const authorization = new Headers(headers).get('Authorization');
  // One that names the default asks no other question than one that names none.
  return {
    ...(authorization !== null && { headers: { Authorization: authorization } }),
    ...(credentials !== 'same-origin' && { credentials }),
  };
}
