import type { FetchLike } from '../../core/index.js';
import { check, checkOption } from '../../core/internal.js';
import { createDownloadFetch, type DownloadFetch, type DownloadFetchOptions } from '../../transfer/internal.js';
import { addRoute, originalFetch, urlOf, type FetchTest } from './fetch-hook.js';
import { limitLocalModels } from './local-models.js';
import { isModelFile } from './file-address.js';
import { isDownload, isProbe } from './request-kind.js';
import { runtimeCacheOf } from './runtime-cache.js';
import { runtimeFileOf } from './runtime-name.js';
import { HEADER_LIMIT, withLimit } from '../request-limits.js';
import { majorVersion } from './major-version.js';
import { isModule, type TransformersModule } from './module.js';

/** The result of {@link installDownloadFetch}. */
export interface InstalledDownloadFetch {
  /** The `fetch` that the module now uses for models: it can pause, resume and abort their downloads. */
  readonly fetch: DownloadFetch;
  /** Restores the original `fetch`. Running downloads continue. */
  readonly uninstall: () => void;
}

/** Options of {@link installDownloadFetch}. */
export interface InstallDownloadFetchOptions extends DownloadFetchOptions {
  /**
   * Whether version 2 may look for models on the page's own origin first. Default `false`: a server that responds to every
   * address with an HTML page would have that page cached as a model. Without effect with versions 3 and 4, and if remote
   * models are not allowed.
   */
  readonly allowLocalModels?: boolean | undefined;
}

/**
 * Makes the downloads of a Transformers.js module resumable, in the realm that calls it: a page, the worker that runs the
 * model, or Node. It handles only downloads of model files, by the module's `remoteHost` and `remotePathTemplate`, and of
 * files of the ONNX Runtime; all other requests are passed on unchanged. Call it before the first load, and with version 4
 * after setting `useWasmCache` and `wasmPaths`.
 *
 * @throws TypeError if `transformers` is not a module of Transformers.js, or an option has a wrong type; RangeError for a wrong
 * value of an option. The module and its `fetch` are then unchanged.
 */
export function installDownloadFetch(transformers: TransformersModule, options: InstallDownloadFetchOptions = {}): InstalledDownloadFetch {
  check(isModule(transformers), 'transformers', transformers, 'the module of Transformers.js');
  checkOption('options', options, 'object');
  const request = originalFetch(transformers);
  const downloadFetch = createDownloadFetch({
    fetch: request,
    readWhole: async (url) => runtimeCacheOf(transformers)?.match(url),
    ...options,
  });
  limitLocalModels(transformers, options.allowLocalModels);
  const matches: FetchTest = (input, init) => {
    const url = urlOf(input);
    if (isDownload(input, init)) return runtimeFileOf(url) !== undefined || isModelFile(url, transformers);
    return majorVersion(transformers) >= 4 && isProbe(input, init) && isModelFile(url, transformers);
  };
  const fetch: FetchLike = (input, init) => {
    if (isDownload(input, init)) return downloadFetch(input, init);
    // Without a limit, a probe that gets no response would keep version 4 from ever settling.
    return withLimit(HEADER_LIMIT, (signal) => request(input, { ...init, signal }), [init?.signal]);
  };
  return { fetch: downloadFetch, uninstall: addRoute(transformers, { matches, fetch }) };
}
