/**
 * Adds a listener, and returns a function that removes it. It does not use an `AbortSignal`, since jsdom rejects the signals of Node.
 * Some test runners leave Node's `AbortController` in the pages of jsdom.
 */
export function addListener(target: EventTarget, name: string, listener: (event: Event) => void): () => void {
  target.addEventListener(name, listener);
  return () => target.removeEventListener(name, listener);
}
