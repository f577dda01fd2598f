import { addListener } from '../core/internal.js';

/**
 * Calls `suspend` when the page is frozen or enters the back/forward cache, and `wake` when it continues. The browser
 * closes the connections of such a page, and its locks would block other tabs. Returns a function that removes the
 * listeners.
 */
export function watchLifecycle(suspend: () => void, wake: () => void): () => void {
  const { document } = globalThis as { document?: Document };
  // An emulated window can be another object than the global object.
  const window = document?.defaultView;
  const removals = document &&
    window && [
      addListener(window, 'pagehide', suspend),
      addListener(window, 'pageshow', wake),
      addListener(document, 'freeze', suspend),
      addListener(document, 'resume', wake),
    ];
  return () => removals?.forEach((remove) => remove());
}
