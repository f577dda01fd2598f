import { DownloadFailure, systemClock } from '../../core/index.js';
import { requestPort } from '../../core/internal.js';
import { withLimit } from '../request-limits.js';
import { backgroundWrites } from './background-writes.js';
import { majorVersion } from './major-version.js';
import type { TransformersModule } from './module.js';

/** The cache of versions 2 and 3, and the default of version 4. */
const DEFAULT_CACHE = 'transformers-cache';

/**
 * How long a cache may take to find, list or delete entries, in ms, and to be opened for callers other than a load. Longer than other
 * look-ups, since a disk is slow while it is written to.
 */
const ENTRY_LIMIT = 10_000;

/** The settings of Transformers.js that determine where complete files are stored. */
interface CacheSettings {
  readonly cacheKey?: unknown;
  readonly useBrowserCache?: unknown;
  readonly useCustomCache?: unknown;
  readonly customCache?: unknown;
  readonly experimental_useCrossOriginStorage?: unknown;
}

/** The used part of a cache. A page's custom cache may have only `match` and `put`. */
interface CacheLike {
  match(url: string): Promise<unknown>;
  put(url: string, response: Response): Promise<void>;
  delete?(url: string): Promise<boolean>;
  keys?(): Promise<readonly (Request | string)[]>;
}

/** The cache in which Transformers.js stores complete files. For `match()` a cache that fails or hangs is empty. */
export interface RuntimeCache {
  /** The first entry at one of these addresses; `undefined` if there is none. Never rejects. */
  match(...urls: readonly string[]): Promise<Response | undefined>;
  /**
   * Stores an entry.
   *
   * @throws Rejects with the error of the cache, such as a `QuotaExceededError`; `InvalidStateError` if it cannot be opened;
   * DownloadFailure `timeout` if it cannot be opened in time.
   */
  put(url: string, response: Response): Promise<void>;
  /** Deletes an entry, and resolves with whether one was deleted. Never rejects. */
  delete(url: string): Promise<boolean>;
  /**
   * Resolves with the entries whose addresses `owns` accepts, by address. If the cache cannot list its entries, it resolves with
   * those at the addresses `known`. Empty if the page has no such cache.
   *
   * @throws Rejects with DownloadFailure `timeout` if the cache does not respond in time, and with the error of the cache: it is then
   * unknown what is stored.
   */
  entries(owns: (url: string) => boolean, known?: readonly string[]): Promise<ReadonlyMap<string, Response>>;
  /**
   * Deletes the same entries.
   *
   * @throws Rejects as {@link entries}, and with a DOMException `NotSupportedError` if the page's custom cache cannot delete one:
   * some may still be stored.
   */
  remove(owns: (url: string) => boolean, known?: readonly string[]): Promise<void>;
}

/**
 * Resolves with a cache, or `undefined` if there is none. A load waits for it only for a short time. Other callers need a reliable
 * result: for them it waits longer, and rejects with DownloadFailure `timeout`.
 */
type OpenFor = (caller: 'load' | 'other') => Promise<CacheLike | undefined>;

/**
 * The cache that a module uses, by the rules of its version: 2 prefers the browser's cache, 3 and 4 prefer the page's
 * custom cache. `undefined` if the module uses no cache that can be read here, as in Node.
 */
export function runtimeCacheOf(transformers: TransformersModule): RuntimeCache | undefined {
  const env = transformers.env as CacheSettings;
  const { useBrowserCache, experimental_useCrossOriginStorage: crossOrigin } = env;
  // Ours has the entries of the browser's cache.
  const isOwn = env.customCache !== undefined && env.customCache === backgroundWrites.get(env);
  const custom = env.useCustomCache && isCache(env.customCache) && !isOwn ? env.customCache : undefined;
  // By default a module uses Cache Storage if it exists; opening a cache may still fail.
  const usesBrowser = isOwn || (useBrowserCache === undefined ? 'caches' in globalThis : Boolean(useBrowserCache));
  const openBrowser: OpenFor = (caller) => openCache(cacheNameOf(transformers), caller);
  const settled: Settled = async (owns) => backgroundWrites.get(env)?.settled(owns);
  if (majorVersion(transformers) < 3) {
    if (usesBrowser) return cacheBehind(async (caller) => (await openBrowser(caller)) ?? custom, settled);
    return custom && cacheBehind(() => Promise.resolve(custom));
  }
  if (custom) return cacheBehind(() => Promise.resolve(custom));
  if (crossOrigin && 'crossOriginStorage' in navigator) return undefined;
  return usesBrowser ? cacheBehind(openBrowser, settled) : undefined;
}

/** The name of the browser's cache that a module uses. Only version 4 has a setting for it. */
export function cacheNameOf(transformers: TransformersModule): string {
  const { cacheKey } = transformers.env as CacheSettings;
  return majorVersion(transformers) >= 4 && typeof cacheKey === 'string' ? cacheKey : DEFAULT_CACHE;
}

/** A cache of the browser, by default that of versions 2 and 3. */
export function browserCache(name = DEFAULT_CACHE): RuntimeCache {
  return cacheBehind((caller) => openCache(name, caller));
}

/** Whether the browser can store files: Cache Storage may exist and still refuse to open. */
export async function canKeepFiles(): Promise<boolean> {
  return (await openForLoad('model-download-partial-v1')) !== undefined;
}

/** Resolves when none of the selected entries is being written any more. */
type Settled = (owns: (url: string) => boolean) => Promise<void>;

/** @param settled Default: resolves at once. */
function cacheBehind(open: OpenFor, settled: Settled = () => Promise.resolve()): RuntimeCache {
  const attempt = async <T>(request: (cache: CacheLike) => Promise<T> | undefined): Promise<T | undefined> => {
    try {
      const cache = await open('load');
      return cache && (await withLimit(ENTRY_LIMIT, async () => request(cache)));
    } catch {
      return undefined;
    }
  };
  return {
    match: (...urls) =>
      attempt(async (cache) => {
        for (const url of urls) {
          await settled((one) => one === url);
          const found = await cache.match(url);
          if (found instanceof Response) return found;
        }
        return undefined;
      }),
    async put(url, response) {
      const cache = await open('other');
      if (!cache) throw new DOMException('The cache cannot be opened', 'InvalidStateError');
      await cache.put(url, response);
    },
    async delete(url) {
      return (await attempt((cache) => settled((one) => one === url).then(() => cache.delete?.(url)))) === true;
    },
    async entries(owns, known = []) {
      const found = new Map<string, Response>();
      await withLimit(ENTRY_LIMIT, () => settled(owns));
      const cache = await open('other');
      if (!cache) return found;
      const read = async (url: string): Promise<void> => {
        const entry = await withLimit(ENTRY_LIMIT, async () => cache.match(url));
        if (entry instanceof Response) found.set(url, entry);
      };
      await Promise.all((await ownAddresses(cache, owns, known)).map(read));
      return found;
    },
    async remove(owns, known = []) {
      await withLimit(ENTRY_LIMIT, () => settled(owns));
      const cache = await open('other');
      if (!cache) return;
      const urls = await ownAddresses(cache, owns, known);
      await Promise.all(urls.map((url) => withLimit(ENTRY_LIMIT, () => deleteEntry(cache, url))));
    },
  };
}

async function deleteEntry(cache: CacheLike, url: string): Promise<void> {
  if (cache.delete) await cache.delete(url);
  else if (await cache.match(url)) throw new DOMException('The cache of the page cannot delete entries', 'NotSupportedError');
}

async function ownAddresses(cache: CacheLike, owns: (url: string) => boolean, known: readonly string[]): Promise<readonly string[]> {
  const requests = await withLimit(ENTRY_LIMIT, async () => cache.keys?.());
  // A page's custom cache may list addresses in place of requests.
  return requests?.map((request) => (typeof request === 'string' ? request : request.url)).filter((url) => owns(url)) ?? known;
}

function isCache(value: unknown): value is CacheLike {
  const { match, put } = Object(value) as Partial<Record<string, unknown>>;
  return typeof match === 'function' && typeof put === 'function';
}

/** The caches that are being opened, by their names: the look-ups of a load open one cache at the same time. */
const opening = new Map<string, Promise<Cache | undefined>>();

/**
 * Opens a cache of the browser; resolves with `undefined` if Cache Storage is missing or cannot be used. Reading `caches` or opening
 * a cache throws if the user has blocked storage, and in a sandboxed frame. An open cache is not kept, since the page may delete it.
 */
function openCache(name: string, caller: 'load' | 'other'): Promise<Cache | undefined> {
  return caller === 'load' ? openForLoad(name) : openPatiently(name);
}

function openForLoad(name: string): Promise<Cache | undefined> {
  const running = opening.get(name);
  if (running) return running;
  const cache = requestPort(browserCaches, (storage) => storage.open(name), systemClock).finally(() => opening.delete(name));
  opening.set(name, cache);
  return cache;
}

async function openPatiently(name: string): Promise<Cache | undefined> {
  try {
    return await withLimit(ENTRY_LIMIT, async () => browserCaches()?.open(name));
  } catch (cause) {
    if (cause instanceof DownloadFailure) throw cause;
    return undefined;
  }
}

function browserCaches(): CacheStorage | undefined {
  return (globalThis as { caches?: CacheStorage }).caches;
}
