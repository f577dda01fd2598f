import { createDownloadFetch, type DownloadFetch, type DownloadFetchOptions } from '../transfer/index.js';
import { addRoute, originalFetch, urlOf, type FetchTest } from './fetch-hook.js';
import { limitLocalModels } from './local-models.js';
import { isModelFile, runtimeFileOf } from './model-address.js';
import { isDownload } from './request-kind.js';
import { runtimeCacheOf } from './runtime-cache.js';
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
 * touched; all other requests pass as they are. To be called before the first load.
 */
export function installDownloadFetch(
  transformers: TransformersModule,
  options: InstallDownloadFetchOptions = {},
): InstalledDownloadFetch {
  limitLocalModels(transformers, options.allowLocalModels);
  const downloadFetch = createDownloadFetch({
    fetch: originalFetch(transformers),
    readWhole: async (url) => runtimeCacheOf(transformers)?.match(url),
    ...options,
  });
  const matches: FetchTest = (input, init) => {
    const url = urlOf(input);
    return (runtimeFileOf(url) !== undefined || isModelFile(url, transformers)) && isDownload(input, init);
  };
  return { fetch: downloadFetch, uninstall: addRoute(transformers, { matches, fetch: downloadFetch }) };
}
