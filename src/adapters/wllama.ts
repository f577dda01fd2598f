import { check } from '../core/checks.js';
import type { PlanSignal, TransferSignal } from '../core/index.js';
import type { ModelLoader } from '../model/loader/model-transfer.js';

export type { ModelLoader, ModelLoaderContext } from '../model/loader/model-transfer.js';

/** The bytes of all parts of a model, which wllama passes to its `progressCallback`. */
export interface WllamaProgress {
  /** Received bytes. */
  readonly loaded: number;
  /** Bytes in total; 0 while unknown. */
  readonly total: number;
}

/** The options for `loadModelFromUrl` and `loadModelFromHF` of wllama. */
export interface WllamaOptions {
  /** Called while bytes arrive. */
  readonly progressCallback: (progress: WllamaProgress) => void;
  /** Aborts the download. */
  readonly signal: AbortSignal;
}

/** The name of the model's file: wllama's progress does not name the parts of a model. */
const FILE = 'model.gguf';

/**
 * Creates a loader for a model of wllama, such as
 * ```js
 * wllamaLoader(async (options) => {
 *   const wllama = new Wllama(paths); // each attempt needs a new instance
 *   options.signal.addEventListener('abort', () => wllama.exit());
 *   await wllama.loadModelFromUrl(url, options);
 *   return wllama;
 * })
 * ```
 * A cancel stops the download by its signal, and the start of the model by `exit()`.
 *
 * wllama does not report the parts of a model, and which of them it has cached. Cached parts count in the total but not in the
 * received bytes, so that the bar does not fill. If the server sends the length of no part, there is no total: bytes are shown, but neither a
 * percentage, a time left nor the end of the download. If it sends the lengths of some parts only, the total is too small, and the
 * percentage is hidden once more bytes have arrived. A model that arrives in a single report counts as cached, even if it was
 * downloaded. The download cannot be paused; a broken part starts from the beginning, so that no bytes are reported as stored.
 *
 * @throws TypeError if `load` is not a function. The loader rejects with the error of `load`.
 */
export function wllamaLoader<T>(load: (options: WllamaOptions) => Promise<T>): ModelLoader<T> {
  check(typeof load === 'function', 'load', load, 'a function');
  return ({ progress_callback, signal }) => {
    let isPlanned = false;
    let stored: number | undefined;
    const progressCallback = ({ loaded, total: reported }: WllamaProgress): void => {
      const total = reported > 0 && reported >= loaded ? reported : undefined;
      // The cache of wllama delivers the whole model in the first report.
      stored ??= loaded === total ? loaded : 0;
      if (total !== undefined && !isPlanned) {
        isPlanned = true;
        progress_callback({ status: 'plan', name: '', files: [{ file: FILE, size: total }] } satisfies PlanSignal);
      }
      const phase = loaded === total ? 'done' : 'receiving';
      progress_callback({ status: 'transfer', name: '', file: FILE, phase, loaded, stored, total } satisfies TransferSignal);
    };
    return load({ progressCallback, signal });
  };
}
