import { listen } from './listen.js';

/**
 * Calls `suspend` when the page is frozen or enters the back/forward cache, and `wake` when it continues. The browser
 * closes the connections of such a page, and its locks would block other tabs. Returns a function that removes the
 * listeners.
 */
export function watchLifecycle(suspend: () => void, wake: () => void): () => void {
  const { document } = globalThis as { document?: Document };
  // The document's window: an emulated one can be another object than the global object.
  const window = document?.defaultView;
  const stops = [
    listen(window, 'pagehide', suspend),
    listen(window, 'pageshow', wake),
    listen(document, 'freeze', suspend),
    listen(document, 'resume', wake),
  ];
  return () => stops.forEach((stop) => stop());
}
