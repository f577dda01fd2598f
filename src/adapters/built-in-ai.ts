import type { ShareSignal } from '../core/index.js';
import type { ModelLoader } from '../model/loader/model-transfer.js';

export type { ModelLoader, ModelLoaderContext } from '../model/loader/model-transfer.js';

/** The monitor that the browser hands to `monitor`: an event target, as far as it is needed here. */
export interface BuiltInAiMonitor {
  /** Calls `listener` with each share that the browser tells. */
  addEventListener(type: 'downloadprogress', listener: (event: Event) => void): void;
}

/** What `create()` of `LanguageModel`, `Summarizer`, `Translator` and the others takes. */
export interface BuiltInAiOptions {
  /** Called with what tells of the download, before it begins. */
  readonly monitor: (monitor: BuiltInAiMonitor) => void;
  /** Ends the wait for the model. */
  readonly signal: AbortSignal;
}

/** Settings of {@link builtInAiLoader}. */
export interface BuiltInAiLoaderOptions {
  /**
   * Such as `() => LanguageModel.availability()`. With it a model that is here already shows no
   * download: the browser tells 0 and 1 of one all the same. Default: it is not asked.
   */
  readonly availability?: (() => Promise<string>) | undefined;
}

/**
 * A loader for a model that the browser brings, such as
 * `builtInAiLoader((options) => LanguageModel.create({ ...options }))`. The browser wants a click of
 * the visitor's shortly before the download begins, for a retry too.
 *
 * Not known: bytes, which the browser hides, so neither a size nor a speed; whether the share is real,
 * which it may invent for privacy. Nothing pauses. A cancel ends the wait; the browser may go on
 * downloading, and keeps the model for every site.
 *
 * @throws what `create` or `availability` throws.
 */
export function builtInAiLoader<T>(
  create: (options: BuiltInAiOptions) => Promise<T>,
  { availability }: BuiltInAiLoaderOptions = {},
): ModelLoader<T> {
  return async ({ progress_callback, signal }) => {
    const phase: ShareSignal['phase'] = (await availability?.()) === 'available' ? 'loading' : 'download';
    signal.throwIfAborted();
    const tell = (event: Event): void => {
      // The total is 1 by the specification; browsers before it told bytes.
      const { loaded, total } = event as ProgressEvent;
      progress_callback({ status: 'share', name: '', share: loaded / (total || 1), phase } satisfies ShareSignal);
    };
    return create({ signal, monitor: (monitor) => monitor.addEventListener('downloadprogress', tell) });
  };
}
