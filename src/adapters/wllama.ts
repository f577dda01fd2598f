import type { PlanSignal, TransferSignal } from '../core/index.js';
import type { ModelLoader } from './model-transfer.js';

export type { ModelLoader, ModelLoaderContext } from './model-transfer.js';

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
 * `wllamaLoader((options) => wllama.loadModelFromUrl(url, options))`. A cancel stops the download.
 *
 * Not known: the parts of a model and which of them wllama has kept; a total where the server tells
 * the length of no part (the bar then has no percentage), and a true one where it hides that of some
 * (the percentage then goes as soon as more has come). Nothing pauses, and a broken part begins anew.
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
