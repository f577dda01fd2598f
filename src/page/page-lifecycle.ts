/**
 * Calls `suspend` when the page is frozen, or kept aside to be shown again, and `wake` when it
 * goes on. A connection would be cut then anyhow, and its lock would keep other tabs waiting.
 * Returns what ends that.
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
