import type { ShareSignal } from '../core/index.js';
import type { ModelLoader } from './model-transfer.js';

export type { ModelLoader, ModelLoaderContext } from './model-transfer.js';

/** What WebLLM tells its `initProgressCallback`. */
export interface WebLlmReport {
  /** 0–1: once over the download, and once more over the start. */
  readonly progress: number;
  /** Seconds since the run began. */
  readonly timeElapsed: number;
  /** A sentence in English. */
  readonly text: string;
}

/** What is called with each report. */
export type WebLlmCallback = (report: WebLlmReport) => void;

/** What the sentences of a download begin with. */
const DOWNLOAD = /^(Start to fetch|Fetching)/i;

/** What the sentences about everything after it begin with. */
const LOADING = /^(Loading|Finish)/i;

/**
 * A loader for a model of WebLLM, such as
 * `webLlmLoader((callback) => CreateMLCEngine(id, { initProgressCallback: callback }))`.
 *
 * WebLLM takes no signal. Where `create` makes an `MLCEngine` and calls its `unload()` when `signal`
 * aborts, a cancel ends the download, else only the wait for it.
 *
 * Not known: bytes (the share counts whole shards of the weights, without the library and the
 * tokenizer), so neither a size nor a speed; when a shard breaks off; how far the start is. Nothing
 * pauses. Shards that came whole are in WebLLM's own cache; `hasModelInCache` tells of them.
 *
 * @throws what `create` throws; the signal's reason where WebLLM resolves although it was stopped.
 */
export function webLlmLoader<T>(create: (callback: WebLlmCallback, signal: AbortSignal) => Promise<T>): ModelLoader<T> {
  return async ({ progress_callback, signal }) => {
    let highest = 0;
    let phase: ShareSignal['phase'] = 'download';
    const callback: WebLlmCallback = ({ progress, text }) => {
      // Words that are not known: a share that has gone back is that of the second run.
      if (LOADING.test(text) || (progress < highest && !DOWNLOAD.test(text))) phase = 'loading';
      highest = Math.max(highest, progress);
      progress_callback({ status: 'share', name: '', share: progress, phase } satisfies ShareSignal);
    };
    const engine = await create(callback, signal);
    signal.throwIfAborted();
    return engine;
  };
}
