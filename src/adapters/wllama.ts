import type { PlanSignal, TransferSignal } from '../core/index.js';
import type { ModelLoader } from '../model/loader/model-transfer.js';

export type { ModelLoader, ModelLoaderContext } from '../model/loader/model-transfer.js';

/** Bytes over all parts of a model, as wllama tells its `progressCallback`. */
export interface WllamaProgress {
  /** Bytes so far. */
  readonly loaded: number;
  /** 0 while unknown. */
  readonly total: number;
}

/** What `loadModelFromUrl` and `loadModelFromHF` of wllama take. */
export interface WllamaOptions {
  /** Called as bytes come. */
  readonly progressCallback: (progress: WllamaProgress) => void;
  /** Ends the download. */
  readonly signal: AbortSignal;
}

/** The parts of a model have no names in wllama's progress. */
const FILE = 'model.gguf';

/**
 * A loader for a model of wllama, such as
 * ```js
 * wllamaLoader(async (options) => {
 *   const wllama = new Wllama(paths); // one loads once, and each attempt is a load
 *   options.signal.addEventListener('abort', () => wllama.exit());
 *   await wllama.loadModelFromUrl(url, options);
 *   return wllama;
 * })
 * ```
 * A cancel stops the download; a start it stops by the `exit()`.
 *
 * Not known: the parts of a model, and which of them wllama has kept: these are in the total and
 * never among the bytes, so that the bar then does not fill. A total where the server tells the length
 * of no part: there are bytes, and neither a percentage nor a time left, nor when the last one has
 * come; and a true one where it hides that of some: the percentage then goes as soon as more has come.
 * Whether a model that comes in one piece is from the network: it reads as one from this device.
 * Nothing pauses; a broken part begins anew, so that nothing is said to be kept.
 *
 * @throws what `load` throws.
 */
export function wllamaLoader<T>(load: (options: WllamaOptions) => Promise<T>): ModelLoader<T> {
  return ({ progress_callback, signal }) => {
    let isPlanned = false;
    let stored: number | undefined;
    const progressCallback = ({ loaded, total: told }: WllamaProgress): void => {
      const total = told > 0 && told >= loaded ? told : undefined;
      // Its cache answers with everything at once.
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
