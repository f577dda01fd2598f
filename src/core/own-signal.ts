/**
 * Returns a signal of this realm that aborts when `signal` does. A signal of a removed frame dispatches no event; only Chromium's
 * `AbortSignal.any()` follows such a signal. Firefox before 124 and Safari before 17.4 lack `any()`: there the result is `signal`.
 */
export function ownSignal(signal: AbortSignal): AbortSignal {
  return 'any' in AbortSignal ? AbortSignal.any([signal]) : signal;
}
