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

/** Aborts `controller` when any of the signals does; returns what ends that. `AbortSignal.any` is too young. */
export function follow(controller: AbortController, signals: readonly (AbortSignal | null | undefined)[]): () => void {
  const present = signals.filter((signal) => signal instanceof AbortSignal);
  const listeners = present.map((signal) => () => controller.abort(signal.reason));
  present.forEach((signal, index) => {
    if (signal.aborted) controller.abort(signal.reason);
    signal.addEventListener('abort', listeners[index] as () => void, { once: true });
  });
  return () => present.forEach((signal, index) => signal.removeEventListener('abort', listeners[index] as () => void));
}
