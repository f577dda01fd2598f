import { check, checkOptions } from '../core/checks.js';
import type { ShareSignal } from '../core/index.js';
import type { ModelLoader } from '../model/loader/model-transfer.js';

export type { ModelLoader, ModelLoaderContext } from '../model/loader/model-transfer.js';

/** The used part of the monitor that the browser passes to `monitor`. */
export interface BuiltInAiMonitor {
  /** Calls `listener` for each share that the browser reports. */
  addEventListener(type: 'downloadprogress', listener: (event: Event) => void): void;
}

/** The options for `create()` of `LanguageModel`, `Summarizer`, `Translator` and the others. */
export interface BuiltInAiOptions {
  /** Called with the monitor before the download begins. */
  readonly monitor: (monitor: BuiltInAiMonitor) => void;
  /** Aborts the wait for the model. */
  readonly signal: AbortSignal;
}

/** Options of {@link builtInAiLoader}. */
export interface BuiltInAiLoaderOptions {
  /**
   * Returns the availability, such as `() => LanguageModel.availability()`. With it a model on this device shows no
   * download, although the browser reports 0 and 1 for it. Default: the availability is not checked.
   */
  readonly availability?: (() => Promise<string>) | undefined;
}

/**
 * Creates a loader for a model that is built into the browser, such as
 * `builtInAiLoader((options) => LanguageModel.create({ ...options }))`. The browser requires a click of the user shortly
 * before the download begins, also for a retry.
 *
 * Not known: bytes, which the browser hides, so neither a size nor a speed; whether the share is real, since the browser may
 * invent it for privacy. The download cannot be paused. A cancel ends the wait; the browser may continue the download, and
 * stores the model for all sites.
 *
 * @throws TypeError if an argument has a wrong type. The loader rejects with the error of `create` or `availability`.
 */
export function builtInAiLoader<T>(
  create: (options: BuiltInAiOptions) => Promise<T>,
  options: BuiltInAiLoaderOptions = {},
): ModelLoader<T> {
  check(typeof create === 'function', 'create', create, 'a function');
  checkOptions(options, { availability: 'function' });
  const { availability } = options;
  return async ({ progress_callback, signal }) => {
    const phase: ShareSignal['phase'] = (await availability?.()) === 'available' ? 'loading' : 'download';
    signal.throwIfAborted();
    const report = (event: Event): void => {
      // By the specification the total is 1; earlier browsers reported bytes.
      const { loaded, total } = event as ProgressEvent;
      progress_callback({ status: 'share', name: '', share: loaded / (total || 1), phase } satisfies ShareSignal);
    };
    return create({ signal, monitor: (monitor) => monitor.addEventListener('downloadprogress', report) });
  };
}
