/**
 * Calls `suspend` when the page is frozen or enters the back/forward cache, and `wake` when it continues. The browser
 * closes the connections of such a page, and its locks would block other tabs. Returns a function that removes the
 * listeners.
 */
export function watchLifecycle(suspend: () => void, wake: () => void): () => void {
  const { document } = globalThis as { document?: Document };
  // An emulated window can be another object than the global object.
  const window = document?.defaultView;
  // Without an `AbortSignal`: jsdom refuses those of Node, which its pages often have.
  const change = (method: 'addEventListener' | 'removeEventListener'): void => {
    window?.[method]('pagehide', suspend);
    window?.[method]('pageshow', wake);
    document?.[method]('freeze', suspend);
    document?.[method]('resume', wake);
  };
  change('addEventListener');
  return () => change('removeEventListener');
}
