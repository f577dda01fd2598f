import type { FetchLike } from '../../core/index.js';
import { createDownloadFetch, type DownloadFetch, type DownloadFetchOptions } from '../../transfer/index.js';
import { addRoute, originalFetch, urlOf, type FetchTest } from './fetch-hook.js';
import { limitLocalModels } from './local-models.js';
import { isModelFile, runtimeFileOf } from './model-address.js';
import { isDownload, isProbe } from './request-kind.js';
import { runtimeCacheOf } from './runtime-cache.js';
import { HEADER_LIMIT, withLimit } from '../time-limit.js';
import { majorVersion, type TransformersModule } from './module.js';

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
   * Whether version 2 may look for models on the page's own origin first, as it does by default.
   * Default `false`: a server that answers every address with a page would have that page cached as
   * a model. Without effect on versions 3 and 4, and where the module may ask no hub.
   */
  readonly allowLocalModels?: boolean | undefined;
}

/**
 * Makes the downloads of a Transformers.js module resumable, in the realm that calls it: in a
 * page, in the worker that runs the model, or in Node. Only downloads of model files, as the
 * module's `remoteHost` and `remotePathTemplate` address them, and of files of the ONNX Runtime are
 * touched; all other requests pass as they are. To be called before the first load, and with version 4
 * after the page has set `useWasmCache` and `wasmPaths`.
 */
export function installDownloadFetch(transformers: TransformersModule, options: InstallDownloadFetchOptions = {}): InstalledDownloadFetch {
  limitLocalModels(transformers, options.allowLocalModels);
  const { stallTimeout = HEADER_LIMIT } = options;
  const request = originalFetch(transformers);
  const downloadFetch = createDownloadFetch({
    fetch: request,
    readWhole: async (url) => runtimeCacheOf(transformers)?.match(url),
    ...options,
  });
  const matches: FetchTest = (input, init) => {
    const url = urlOf(input);
    if (isDownload(input, init)) return runtimeFileOf(url) !== undefined || isModelFile(url, transformers);
    return majorVersion(transformers) >= 4 && isProbe(input, init) && isModelFile(url, transformers);
  };
  const fetch: FetchLike = (input, init) => {
    if (isDownload(input, init)) return downloadFetch(input, init);
    // A probe without an answer would keep version 4 from ever settling.
    return withLimit(stallTimeout, (signal) => request(input, { ...init, signal }), [init?.signal]);
  };
  return { fetch: downloadFetch, uninstall: addRoute(transformers, { matches, fetch }) };
}
