import { ownSignal } from '../../core/internal.js';

/** Settles as `promise` does, unless `signal` aborts first: then it rejects with the signal's reason. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    const settled = (): void => signal.removeEventListener('abort', abort);
    promise.then(
      (value) => {
        settled();
        resolve(value);
      },
      (error: unknown) => {
        settled();
        reject(error);
      },
    );
  });
}

/** Signals, some of which may be missing. */
export type Signals = readonly (AbortSignal | null | undefined)[];

/**
 * Returns a signal that aborts as soon as `own` or one of the others does. It needs no cleanup, so a request that outlives its
 * download still ends with its caller's signal. Where `AbortSignal.any()` is missing, as in Firefox before 124, the result is `own`.
 */
export function combineSignals(own: AbortSignal, others: Signals): AbortSignal {
  const present = others.filter(isSignal);
  return present.length > 0 && 'any' in AbortSignal ? AbortSignal.any([own, ...present]) : own;
}

/** Aborts `controller` when any of the signals does; returns a function that ends this. */
export function followSignal(controller: AbortController, signals: Signals): () => void {
  const present = signals.filter(isSignal).map(ownSignal);
  const listeners = present.map((signal) => () => controller.abort(signal.reason));
  present.forEach((signal, index) => {
    if (signal.aborted) controller.abort(signal.reason);
    signal.addEventListener('abort', listeners[index] as () => void, { once: true });
  });
  return () => present.forEach((signal, index) => signal.removeEventListener('abort', listeners[index] as () => void));
}

/** Whether a value is a signal, also one of another realm, such as a frame's. */
function isSignal(signal: AbortSignal | null | undefined): signal is AbortSignal {
  return Object.prototype.toString.call(signal) === '[object AbortSignal]';
}
