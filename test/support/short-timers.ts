/**
 * Makes timers of `least` ms or more fire immediately, until the returned function is called: for limits that are too long
 * for a test.
 */
export function shortenTimers(least: number): () => void {
  const native = globalThis.setTimeout;
  const shortened = (handler: () => void, delay = 0): ReturnType<typeof setTimeout> => native(handler, delay >= least ? 0 : delay);
  globalThis.setTimeout = shortened as typeof setTimeout;
  return () => void (globalThis.setTimeout = native);
}
