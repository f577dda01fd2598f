import { systemClock, type Clock, type FetchLike } from '../../core/index.js';
import { abortable } from '../network/abortable.js';
import { hubAddressesOf } from './hub-addresses.js';
import type { KnownFile, LookUpOptions } from './known-file.js';
import { readListing, type HubFiles } from './read-listing.js';

/** How long a listing with all its pages may take, in ms. */
const LIMIT = 5_000;

/** How long after a failed request for a listing the next one may follow, in ms. Otherwise every file would cause a request. */
const RETRY_AFTER = 30_000;

/** How long a renewed listing counts as new, in ms: one serves all files that end together. */
const NEW_FOR = 1_000;

/** A request for a listing. */
interface RequestedListing {
  readonly files: Promise<HubFiles | undefined>;
  /** When the request failed, by the clock; `undefined` if it has not. */
  failedAt: number | undefined;
}

/** A request for a listing past every cache. */
interface RenewedListing {
  readonly listing: string;
  readonly files: Promise<HubFiles | undefined>;
  /** The listing, once it has arrived; `undefined` if there is none. */
  listed: HubFiles | undefined;
  respondedAt: number | undefined;
}

/** Reads a hub's listings of its models, once for each model, revision and identity of the caller. */
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

  /** Resolves with the size and the hash of a file; `undefined` if no hub lists it. Never rejects. */
  async lookUp(url: string, options: LookUpOptions = {}): Promise<KnownFile | undefined> {
    const known = hubAddressesOf(url);
    return known && (await this.#request(known.listing, options))?.get(known.file);
  }

  /**
   * Resolves with every file of a model by its path; `undefined` if no hub lists them. Never rejects.
   *
   * @param address The common beginning of the addresses of its files.
   */
  async files(address: string, options: LookUpOptions = {}): Promise<HubFiles | undefined> {
    const known = hubAddressesOf(address);
    return known && this.#request(known.listing, options);
  }

  /**
   * Returns every file of a model by its path, from the last listing that was requested past every cache; `undefined` if there is none.
   *
   * @param address The common beginning of the addresses of its files.
   */
  newest(address: string): HubFiles | undefined {
    const listing = hubAddressesOf(address)?.listing;
    return [...this.#renewed.values()].find((requested) => requested.listing === listing)?.listed;
  }

  #request(address: string, { fresh = false, init = {} }: LookUpOptions): Promise<HubFiles | undefined> {
    const settings = settingsOf(init);
    const key = JSON.stringify([address, settings]);
    return fresh ? this.#requestAnew(key, address, settings) : this.#requestOnce(key, address, settings);
  }

  #requestOnce(key: string, address: string, settings: RequestInit): Promise<HubFiles | undefined> {
    const last = this.#requested.get(key);
    if (last && !(this.#clock.now() - (last.failedAt ?? Infinity) >= RETRY_AFTER)) return last.files;
    const requested: RequestedListing = { files: this.#read(address, settings), failedAt: undefined };
    this.#requested.set(key, requested);
    void requested.files.then((files) => {
      if (!files) requested.failedAt = this.#clock.now();
    });
    return requested.files;
  }

  /** Requests the listing past every cache. If it arrives, it is also the result of later requests. */
  #requestAnew(key: string, address: string, settings: RequestInit): Promise<HubFiles | undefined> {
    const last = this.#renewed.get(key);
    if (last && !(this.#clock.now() - (last.respondedAt ?? Infinity) >= NEW_FOR)) return last.files;
    const files = this.#read(address, { ...settings, cache: 'no-store' });
    const requested: RenewedListing = { listing: address, files, listed: last?.listed, respondedAt: undefined };
    this.#renewed.set(key, requested);
    void files.then((found) => {
      requested.respondedAt = this.#clock.now();
      if (!found) return;
      requested.listed = found;
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
      // A response that was not read to its end would keep its connection open.
      controller.abort();
    }
  }
}

/** Returns the settings that identify the caller to the hub. A listing is on the same origin as the file. */
function settingsOf({ headers, credentials = 'same-origin' }: RequestInit): RequestInit {
  const authorization = new Headers(headers).get('Authorization');
  // The default is left out, so that a caller that sets it does not cause a second request.
  return {
    ...(authorization !== null && { headers: { Authorization: authorization } }),
    ...(credentials !== 'same-origin' && { credentials }),
  };
}
