/**
 * Adds a listener, and returns a function that removes it. Without an `AbortSignal`: jsdom refuses those of Node, which its pages
 * often have.
 */
export function addListener(target: EventTarget, name: string, listener: (event: Event) => void): () => void {
  target.addEventListener(name, listener);
  return () => target.removeEventListener(name, listener);
}
