/**
 * Calls `suspend` when the page is frozen or enters the back/forward cache, and `wake` when it continues. The browser
 * closes the connections of such a page, and its locks would block other tabs. Returns a function that removes the
 * listeners.
 */
export function watchLifecycle(suspend: () => void, wake: () => void): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  const { document } = globalThis as { document?: Document };
  if (document) {
    globalThis.addEventListener('pagehide', suspend, { signal });
    globalThis.addEventListener('pageshow', wake, { signal });
    document.addEventListener('freeze', suspend, { signal });
    document.addEventListener('resume', wake, { signal });
  }
  return () => controller.abort();
}
