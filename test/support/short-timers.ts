/**
 * Lets timers of `least` ms or more ring at once, until the returned function is called: for limits
 * that are too long to be waited for.
 */
export function shortenTimers(least: number): () => void {
  const native = globalThis.setTimeout;
  const shortened = (handler: () => void, delay = 0): ReturnType<typeof setTimeout> => native(handler, delay >= least ? 0 : delay);
  globalThis.setTimeout = shortened as typeof setTimeout;
  return () => void (globalThis.setTimeout = native);
}
