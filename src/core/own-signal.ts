/**
 * A signal of this realm that aborts when `signal` does: a signal of a removed frame dispatches no event. Only Chromium follows
 * such a signal; before Firefox 124 and Safari 17.4 the result is `signal`.
 */
export function ownSignal(signal: AbortSignal): AbortSignal {
  return 'any' in AbortSignal ? AbortSignal.any([signal]) : signal;
}
