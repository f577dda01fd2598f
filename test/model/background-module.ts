// A stand-in for Transformers.js 4 that stores its files, for loads with a real cache and a real store.
import { ModelDownloads } from 'model-download';
import { HOST, MODEL } from './fake-load.js';

interface CacheLike {
  match(url: string): Promise<Response | undefined>;
  put(url: string, response: Response): Promise<void>;
}

/** The settings of the module. */
export interface Env {
  fetch: (url: string, init?: RequestInit) => Promise<Response>;
  readonly customCache: CacheLike | null;
  readonly useCustomCache: boolean;
}

/** The settings of a module that stores its files in a cache of the browser, `cacheKey`. */
export function envWith(fetch: Env['fetch'], cacheKey: string, more: object = {}): Env {
  const cache = { useBrowserCache: true, useCustomCache: false, customCache: null, cacheKey };
  return { version: '4.3.1', remoteHost: HOST, ...cache, fetch, ...more } as Env;
}

/** The cache that the module uses now. */
export async function cacheOf(env: Env, cacheKey: string): Promise<CacheLike> {
  if (!env.useCustomCache) return caches.open(cacheKey);
  if (!env.customCache) throw new Error('`env.useCustomCache=true`, but `env.customCache` is not defined.');
  return env.customCache;
}

/** The manager of one model, `own`, that the module loads. */
export function downloadsWith(transformers: object, namespace: string): ModelDownloads {
  const models = { own: { name: 'own', task: 'fill-mask', model: MODEL } };
  return new ModelDownloads({ transformers: transformers as never, storage: null, namespace, models });
}

/** The number of stored segments. */
export const segments = async (): Promise<number> => (await (await caches.open('model-download-partial-v1')).keys()).length;

export const bytesOf = async (response: Response | undefined): Promise<Uint8Array | undefined> =>
  response && new Uint8Array(await response.arrayBuffer());

/** Whether two files have the same bytes: a comparison by `deep.equal` would describe all differences. */
export const areEqual = (found: unknown, expected: Uint8Array): boolean =>
  found instanceof Uint8Array && found.length === expected.length && found.every((byte, index) => byte === expected[index]);
