import type { ShareSignal } from '../core/index.js';
import type { ModelLoader } from '../model/loader/model-transfer.js';

export type { ModelLoader, ModelLoaderContext } from '../model/loader/model-transfer.js';

/** What WebLLM tells its `initProgressCallback`. */
export interface WebLlmReport {
  /** 0–1 of one model: once over its download, and once more over each part of its start. */
  readonly progress: number;
  /** Seconds since the run began. */
  readonly timeElapsed: number;
  /** A sentence in English. */
  readonly text: string;
}

/** What is called with each report. */
export type WebLlmCallback = (report: WebLlmReport) => void;

/** Settings of {@link webLlmLoader}. */
export interface WebLlmLoaderOptions {
  /**
   * Such as `() => hasModelInCache(id)`. With it a model that is here already shows no download:
   * WebLLM says of one, too, that it starts to fetch. Default: it is not asked.
   */
  readonly isCached?: (() => Promise<boolean>) | undefined;
}

/** What comes before the shards of a model, and of one that is here in their place. */
const START = /^Start to fetch/i;

/** What comes after each shard that was not here. */
const FETCHING = /^Fetching/i;

/** What the sentences about everything after it begin with. */
const LOADING = /^(Loading|Finish)/i;

/**
 * A loader for a model of WebLLM, such as
 * `webLlmLoader((callback) => CreateMLCEngine(id, { initProgressCallback: callback }))`.
 *
 * WebLLM takes no signal. Where `create` makes an `MLCEngine` and calls its `unload()` when `signal`
 * aborts, a cancel ends the download, else only the wait for it.
 *
 * Not known: bytes, so neither a size nor a speed: the share is that of the weights' shards that came
 * whole, without the library and the tokenizer. A percentage of several models, from the second on,
 * since nobody says how large one is beside another. When a shard breaks off. How far the start is.
 * Nothing pauses, and what is kept for the next time is not told: shards that came whole are in
 * WebLLM's own cache.
 *
 * @throws what `create` or `isCached` throws; the signal's reason where WebLLM resolves although it was stopped.
 */
export function webLlmLoader<T>(
  create: (callback: WebLlmCallback, signal: AbortSignal) => Promise<T>,
  { isCached }: WebLlmLoaderOptions = {},
): ModelLoader<T> {
  return async ({ progress_callback, signal }) => {
    const isHere = (await isCached?.()) === true;
    signal.throwIfAborted();
    let phase: ShareSignal['phase'] = isHere ? 'loading' : 'download';
    let run = 0;
    let highest = 0;
    const callback: WebLlmCallback = ({ progress, text }) => {
      if (FETCHING.test(text) || (START.test(text) && !isHere)) {
        // After a start it is the next model that is fetched.
        if (phase === 'loading') [run, highest] = [run + 1, 0];
        phase = 'download';
      } else if (LOADING.test(text) || progress < highest) {
        // Words that are not known: a share that has gone back is that of the start.
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
