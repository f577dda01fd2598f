import { check, checkOptions } from '../core/checks.js';
import type { ShareSignal } from '../core/index.js';
import type { ModelLoader } from '../model/loader/model-transfer.js';

export type { ModelLoader, ModelLoaderContext } from '../model/loader/model-transfer.js';

/** A report that WebLLM passes to its `initProgressCallback`. */
export interface WebLlmReport {
  /** The share of one model, 0–1: from 0 to 1 over its download, and again over each part of its start. */
  readonly progress: number;
  /** Seconds since the run began. */
  readonly timeElapsed: number;
  /** A text in English. */
  readonly text: string;
}

/** Receives each report. */
export type WebLlmCallback = (report: WebLlmReport) => void;

/** Options of {@link webLlmLoader}. */
export interface WebLlmLoaderOptions {
  /**
   * Returns whether the model is cached, such as `() => hasModelInCache(id)`. With it a cached model shows no download,
   * although WebLLM reports that it starts to fetch. Default: the cache is not checked.
   */
  readonly isCached?: (() => Promise<boolean>) | undefined;
}

/** The text before the shards of a model. For a cached model WebLLM also reports this text, but no shards. */
const START = /^Start to fetch/i;

/** The text after each downloaded shard. */
const FETCHING = /^Fetching/i;

/** The beginning of all later texts. */
const LOADING = /^(Loading|Finish)/i;

/**
 * Creates a loader for a model of WebLLM, such as
 * `webLlmLoader((callback) => CreateMLCEngine(id, { initProgressCallback: callback }))`.
 *
 * WebLLM accepts no signal. If `create` creates an `MLCEngine` and calls its `unload()` when `signal` aborts, a cancel ends
 * the download; otherwise it ends only the wait.
 *
 * WebLLM reports no bytes, so there is neither a size nor a speed. It reports neither a connection that breaks within a shard nor the
 * progress of the start. The share counts the complete shards of the weights, without the library and the tokenizer. From the second model of a load on there is no
 * percentage, since the relative sizes of the models are unknown. The download cannot be paused. Whether its bytes are stored is not
 * reported: WebLLM caches shards that have arrived whole.
 *
 * @throws TypeError if an argument has a wrong type. The loader rejects with the error of `create` or `isCached`, or with the
 * signal's reason if WebLLM resolves after an abort.
 */
export function webLlmLoader<T>(
  create: (callback: WebLlmCallback, signal: AbortSignal) => Promise<T>,
  options: WebLlmLoaderOptions = {},
): ModelLoader<T> {
  check(typeof create === 'function', 'create', create, 'a function');
  checkOptions(options, { isCached: 'function' });
  const { isCached } = options;
  return async ({ progress_callback, signal }) => {
    const isStored = (await isCached?.()) === true;
    signal.throwIfAborted();
    let phase: ShareSignal['phase'] = isStored ? 'loading' : 'download';
    let run = 0;
    let highest = 0;
    const callback: WebLlmCallback = ({ progress, text }) => {
      if (FETCHING.test(text) || (START.test(text) && !isStored)) {
        // A download that follows a start belongs to the next model.
        if (phase === 'loading') [run, highest] = [run + 1, 0];
        phase = 'download';
      } else if (LOADING.test(text) || progress < highest) {
        // With an unknown text, a share that has fallen belongs to the start.
        phase = 'loading';
      }
      highest = Math.max(highest, progress);
      progress_callback({ status: 'share', name: '', share: progress, phase, run } satisfies ShareSignal);
    };
    const engine = await create(callback, signal);
    signal.throwIfAborted();
    return engine;
  };
}
