/** A promise, and the functions that settle it from outside. */
export interface Deferred<T> {
  /** Settles with the first call of `resolve` or `reject`. */
  readonly promise: Promise<T>;
  /** Fulfils the promise. Without effect once it is settled. */
  readonly resolve: (value: T) => void;
  /** Rejects the promise. Without effect once it is settled. */
  readonly reject: (reason: unknown) => void;
}

/** Makes a promise that is settled from outside. */
export function deferred<T = void>(): Deferred<T> {
  let resolve: Deferred<T>['resolve'] = () => undefined;
  let reject: Deferred<T>['reject'] = () => undefined;
  const promise = new Promise<T>((onResolve, onReject) => ([resolve, reject] = [onResolve, onReject]));
  return { promise, resolve, reject };
}
