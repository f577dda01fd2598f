import { createDownloadFetch, type DownloadFetch, type DownloadFetchOptions } from '../transfer/index.js';
import { addRoute, originalFetch } from './fetch-hook.js';
import { modelHost, runtimeFileOf } from './model-address.js';
import { cacheNameOf, readCached } from './runtime-cache.js';
import type { TransformersModule } from './transformers-module.js';

/** What {@link installDownloadFetch} has put in place. */
export interface InstalledDownloadFetch {
  /** The `fetch` that the module now uses for its models: it pauses, resumes and aborts them. */
  readonly fetch: DownloadFetch;
  /** Puts back what was there before. Downloads on their way go on. */
  readonly uninstall: () => void;
}

/** Settings of {@link installDownloadFetch}. */
export interface InstallDownloadFetchOptions extends DownloadFetchOptions {
  /**
   * Whether the module may look for models on the page's own origin first. Default `false`: a
   * server that answers every address with a page would have that page cached as a model.
   */
  readonly allowLocalModels?: boolean | undefined;
}

/**
 * Makes the downloads of a Transformers.js module resumable, in the realm that calls it: in a
 * page, in the worker that runs the model, or in Node. Only requests for the module's model host
 * and for files of the ONNX Runtime are touched. To be called before the first load.
 */
export function installDownloadFetch(
  transformers: TransformersModule,
  options: InstallDownloadFetchOptions = {},
): InstalledDownloadFetch {
  const { allowLocalModels = false } = options;
  // In Node the local folder is where a model may well be.
  if ('caches' in globalThis) Object.assign(transformers.env, { allowLocalModels });
  const downloadFetch = createDownloadFetch({
    fetch: originalFetch(transformers),
    readWhole: (url) => readCached(url, cacheNameOf(transformers)),
    ...options,
  });
  const matches = (url: string): boolean => url.startsWith(modelHost(transformers)) || runtimeFileOf(url) !== undefined;
  return { fetch: downloadFetch, uninstall: addRoute(transformers, { matches, fetch: downloadFetch }) };
}
