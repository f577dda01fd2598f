/**
 * Adds a listener to a target; does nothing without one. Returns a function that removes the listener. It works without an
 * `AbortSignal`: jsdom refuses the signals of Node, which its pages often have.
 */
export function listen(target: EventTarget | null | undefined, eventName: string, listener: (event: Event) => void): () => void {
  target?.addEventListener(eventName, listener);
  return () => target?.removeEventListener(eventName, listener);
}
