// In: a `ModelDownloads`, and the key of a model. Out: the actions of that model, for event handlers.
import type { DownloadCaller } from '../core/index.js';
import type { ModelDownloads, ModelEstimate } from '../page/index.js';

/**
 * The actions of one model, without its key. None needs `this`, and those that return nothing can be listeners of events.
 *
 * A rejection of `load` or `prefetch` is not reported as unhandled if the caller ignores the promise: the state contains the
 * failure.
 */
export interface ModelDownloadActions {
  /** Loads the model, or resumes its paused download. Returns nothing, so that it can be a listener; the state shows how the load ends. */
  readonly start: () => void;
  /** Loads the model and resolves with it, as `ModelDownloads.load()`. Calls for one key share one load. */
  readonly load: <T = unknown>(caller?: DownloadCaller) => Promise<T>;
  /** Downloads the files of the model without starting it, as `ModelDownloads.prefetch()`. */
  readonly prefetch: (caller?: DownloadCaller) => Promise<void>;
  /** Returns the size of the model, and whether it is on this device and fits, as `ModelDownloads.estimate()`. */
  readonly estimate: () => Promise<ModelEstimate>;
  /** Sets the variant that the next loads use, as `ModelDownloads.chooseVariant()`. */
  readonly chooseVariant: (variant: string) => Promise<void>;
  /** Pauses the download in every tab. */
  readonly pause: () => void;
  /** Resumes a paused download with the stored bytes. */
  readonly resume: () => void;
  /** Cancels the download for every caller. The downloaded bytes stay on this device. */
  readonly cancel: () => void;
  /** Starts the next attempt at once while recovery waits, or a new load after a failure or a cancel. */
  readonly retry: () => void;
  /**
   * Deletes the stored files of the model and loads it again, while recovery waits or after a failure. If they cannot be
   * deleted, the download keeps its failure.
   */
  readonly restart: () => void;
  /** Deletes the model from this device, as `ModelDownloads.remove()`. */
  readonly remove: () => Promise<void>;
}

/** @param readKey Read by each call: the key of a component can change. */
export function createActions(downloads: ModelDownloads, readKey: () => string): ModelDownloadActions {
  return Object.freeze<ModelDownloadActions>({
    start: () => {
      const modelKey = readKey();
      if (downloads.getState(modelKey)?.status === 'paused') downloads.resume(modelKey);
      else void handled(downloads.load(modelKey));
    },
    load: <T>(caller?: DownloadCaller) => handled(downloads.load<T>(readKey(), caller)),
    prefetch: (caller) => handled(downloads.prefetch(readKey(), caller)),
    estimate: () => downloads.estimate(readKey()),
    chooseVariant: (variant) => downloads.chooseVariant(readKey(), variant),
    pause: () => downloads.pause(readKey()),
    resume: () => downloads.resume(readKey()),
    // Without a message: the argument of a listener is an event.
    cancel: () => downloads.cancel(readKey()),
    retry: () => downloads.retry(readKey()),
    restart: () => void handled(downloads.restart(readKey())),
    remove: () => downloads.remove(readKey()),
  });
}

/** Marks a rejection as handled: the caller may ignore the promise. A caller that awaits it still receives the rejection. */
function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
