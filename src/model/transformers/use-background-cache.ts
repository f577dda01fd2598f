import { withLimit } from '../request-limits.js';
import { BackgroundCache } from './background-cache.js';
import { backgroundWrites } from './background-writes.js';
import type { BackgroundStorage } from '../loader/model-loader.js';
import { isRuntimeScriptRequested } from './early-script.js';
import { isOutermost } from './fetch-hook.js';
import { isLocalOnly } from './local-models.js';
import { majorVersion } from './major-version.js';
import type { TransformersModule } from './module.js';
import type { PipelineOptions } from './pipeline-options.js';
import { overrideProperties, type Override } from './override-properties.js';
import { cacheNameOf } from './runtime-cache.js';

/** How long a load waits for its files, in ms. */
const SAFE_LIMIT = 10_000;

/** The settings of Transformers.js that determine its cache. */
interface CacheSettings {
  readonly useBrowserCache?: unknown;
  readonly useCustomCache?: unknown;
  readonly customCache?: unknown;
  readonly experimental_useCrossOriginStorage?: unknown;
}

/** The background cache of a module, and how many loads use it. */
interface InstalledCache {
  readonly cache: BackgroundCache;
  readonly settings: Override;
  users: number;
}

/** Settings of a module → its background cache, while that is installed. */
const installed = new WeakMap<object, InstalledCache>();

/**
 * Stores the files of a load by the background cache that its module uses now; `undefined` if it uses none. A page that has wrapped
 * `fetch` may change the bytes, so that the runtime stores others than those that were downloaded. Files of the page's own server are
 * not stored.
 */
export function backgroundStorageOf(transformers: TransformersModule, options?: PipelineOptions): BackgroundStorage | undefined {
  const found = installed.get(transformers.env);
  if (!found || isLocalOnly(transformers, options)) return undefined;
  const { cache, settings } = found;
  const isDirect = (url: string): boolean => settings.isInEffect && isOutermost(transformers, url);
  return {
    noteRequest: (url) => cache.noteRequest(url, isDirect(url)),
    hold: (url, body) => (isDirect(url) ? cache.hold(url, body) : undefined),
    copying: (url) => cache.copying(url),
  };
}

/** The use of a background cache by one load. */
export interface BackgroundUse {
  /** Resolves when a page that closes would lose none of the files. It never rejects, and waits for ten seconds at most. */
  safe(): Promise<void>;
  /** Ends the use. */
  leave(): void;
}

/**
 * Lets a module store files in the background, until no load uses it any more and all files are stored, or until the page changes the
 * settings of the cache. `undefined` if the module would not use the browser's cache.
 */
export function useBackgroundCache(transformers: TransformersModule): BackgroundUse | undefined {
  const env = transformers.env as CacheSettings;
  const found = installed.get(env) ?? install(transformers);
  if (!found?.settings.isInEffect) return undefined;
  found.users += 1;
  return {
    safe: () => withLimit(SAFE_LIMIT, () => found.cache.safe()).catch(() => undefined),
    leave: () => {
      found.users -= 1;
      if (found.users > 0) return;
      found.cache.releaseAll();
      removeIfIdle(env);
    },
  };
}

function install(transformers: TransformersModule): InstalledCache | undefined {
  const env = transformers.env as CacheSettings;
  if (!usesBrowserCache(env)) return undefined;
  const open = (): Promise<Cache> => caches.open(cacheNameOf(transformers));
  const isMissing = (url: string): boolean => isRuntimeScriptRequested(transformers, url);
  const cache = new BackgroundCache(open, () => removeIfIdle(env), isMissing);
  // Version 2 prefers the browser's cache to a custom one.
  const preferred = majorVersion(transformers) < 3 ? { useBrowserCache: false } : {};
  const settings = overrideProperties(env, { customCache: cache, useCustomCache: true, ...preferred });
  if (!settings) return undefined;
  const entry = { cache, settings, users: 0 };
  installed.set(env, entry);
  backgroundWrites.set(env, cache);
  return entry;
}

/** Whether a module stores its files in the browser's cache, in a realm of the browser. */
function usesBrowserCache({
  useBrowserCache,
  useCustomCache,
  customCache,
  experimental_useCrossOriginStorage: crossOrigin,
}: CacheSettings) {
  const isCrossOrigin = Boolean(crossOrigin) && 'crossOriginStorage' in navigator;
  const hasCustom = Boolean(useCustomCache) || isSet(customCache);
  return 'location' in globalThis && useBrowserCache === true && !hasCustom && !isCrossOrigin;
}

function removeIfIdle(env: CacheSettings): void {
  const found = installed.get(env);
  if (!found || found.users > 0 || found.cache.isWriting) return;
  installed.delete(env);
  backgroundWrites.delete(env);
  found.settings.end();
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}
