import { DownloadFailure } from '../../core/index.js';
import { DEVICE_LIMIT, withLimit } from '../request-limits.js';
import { majorVersion } from './major-version.js';
import type { TransformersModule } from './module.js';

/** The cache of versions 2 and 3, and the default of version 4. */
const DEFAULT_CACHE = 'transformers-cache';

/** How long a cache may take to find an entry, in ms: longer than other look-ups, since a disk is slow while it is written to. */
const MATCH_LIMIT = 10_000;

/** The settings of Transformers.js that determine where whole files are stored. */
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
  keys?(): Promise<readonly Request[]>;
}

/** The cache in which Transformers.js stores whole files. A cache that fails or hangs counts as empty. */
export interface RuntimeCache {
  /** The entry that Transformers.js would read; `undefined` if there is none. Never rejects. */
  match(url: string): Promise<Response | undefined>;
  /** Stores an entry. @throws Rejects with the error of the cache, such as a `QuotaExceededError`; `InvalidStateError` if it cannot be opened. */
  put(url: string, response: Response): Promise<void>;
  /** Deletes an entry, and resolves with whether one was deleted. Never rejects. */
  delete(url: string): Promise<boolean>;
  /** The addresses of all entries; `undefined` if the cache cannot list them. Never rejects. */
  keys(): Promise<readonly string[] | undefined>;
}

/**
 * The cache that a module uses, by the rules of its version: 2 prefers the browser's cache, 3 and 4 prefer the page's
 * custom cache. `undefined` if the module uses no cache that can be read here, as in Node.
 */
export function runtimeCacheOf(transformers: TransformersModule): RuntimeCache | undefined {
  const env = transformers.env as CacheSettings;
  const { useBrowserCache, experimental_useCrossOriginStorage: crossOrigin } = env;
  const custom = env.useCustomCache && isCache(env.customCache) ? env.customCache : undefined;
  // By default a module uses Cache Storage if it exists; opening a cache may still fail.
  const usesBrowser = useBrowserCache === undefined ? 'caches' in globalThis : Boolean(useBrowserCache);
  const openBrowser = (): Promise<CacheLike | undefined> => openCache(typeof env.cacheKey === 'string' ? env.cacheKey : DEFAULT_CACHE);
  if (majorVersion(transformers) < 3) {
    if (usesBrowser) return cacheBehind(async () => (await openBrowser()) ?? custom);
    return custom && cacheBehind(() => Promise.resolve(custom));
  }
  if (custom) return cacheBehind(() => Promise.resolve(custom));
  if (crossOrigin && 'crossOriginStorage' in navigator) return undefined;
  return usesBrowser ? cacheBehind(openBrowser) : undefined;
}

/** A cache of the browser, by default that of versions 2 and 3. */
export function browserCache(name = DEFAULT_CACHE): RuntimeCache {
  return cacheBehind(() => openCache(name));
}

/** Whether the browser can store files: Cache Storage may exist and still refuse to open. */
export async function canKeepFiles(): Promise<boolean> {
  return (await openCache('model-download-partial-v1')) !== undefined;
}

function cacheBehind(open: () => Promise<CacheLike | undefined>): RuntimeCache {
  const attempt = async <T>(request: (cache: CacheLike) => Promise<T> | undefined): Promise<T | undefined> => {
    try {
      const cache = await open();
      return cache && (await withLimit(MATCH_LIMIT, async () => request(cache)));
    } catch {
      return undefined;
    }
  };
  return {
    async match(url) {
      const found = await attempt((cache) => cache.match(url));
      return found instanceof Response ? found : undefined;
    },
    async put(url, response) {
      const cache = await open();
      if (!cache) throw new DOMException('The cache cannot be opened', 'InvalidStateError');
      await cache.put(url, response);
    },
    delete: async (url) => (await attempt((cache) => cache.delete?.(url))) === true,
    keys: async () => (await attempt((cache) => cache.keys?.()))?.map((request) => (typeof request === 'string' ? request : request.url)),
  };
}

function isCache(value: unknown): value is CacheLike {
  const { match, put } = Object(value) as Partial<Record<string, unknown>>;
  return typeof match === 'function' && typeof put === 'function';
}

/** Whether opening a cache has timed out once: after that no call waits for the platform. */
let hasTimedOut = false;

/** The caches that are being opened, by their names: the look-ups of a load open one cache at the same time. */
const opening = new Map<string, Promise<Cache | undefined>>();

/** As {@link openAnew}. An open cache is not kept, since the page may delete it. */
function openCache(name: string): Promise<Cache | undefined> {
  const running = opening.get(name);
  if (running) return running;
  const cache = openAnew(name).finally(() => opening.delete(name));
  opening.set(name, cache);
  return cache;
}

/**
 * Opens a cache of the browser; `undefined` if Cache Storage is missing, refuses or hangs. The transfer layer has a similar
 * helper, which is not loaded before the first download.
 */
async function openAnew(name: string): Promise<Cache | undefined> {
  try {
    const storage = (globalThis as { caches?: CacheStorage }).caches;
    if (!storage || hasTimedOut) return undefined;
    return await withLimit(DEVICE_LIMIT, () => storage.open(name));
  } catch (cause) {
    // If the user has blocked storage, or in a sandboxed frame, reading `caches` or opening a cache throws.
    hasTimedOut = cause instanceof DownloadFailure;
    return undefined;
  }
}
