import type { TransformersModule } from './transformers-module.js';

/** The cache of versions 2 and 3, and of 4 unless it is told otherwise. */
const DEFAULT_CACHE = 'transformers-cache';

/** The name of the cache in which a module keeps whole files. */
export function cacheNameOf({ env }: TransformersModule): string {
  const { cacheKey } = env as { cacheKey?: unknown };
  return typeof cacheKey === 'string' ? cacheKey : DEFAULT_CACHE;
}

/** A whole file that Transformers.js keeps, or `undefined` where it does not, or may not be asked. */
export async function readCached(url: string, cacheName = DEFAULT_CACHE): Promise<Response | undefined> {
  if (!('caches' in globalThis)) return undefined;
  try {
    return await (await caches.open(cacheName)).match(url);
  } catch {
    return undefined;
  }
}
