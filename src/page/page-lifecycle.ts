/**
 * Calls `suspend` when the page is frozen, or kept aside to be shown again, and `wake` when it
 * goes on. A connection would be cut then anyhow, and its lock would keep other tabs waiting.
 */
export function watchLifecycle(suspend: () => void, wake: () => void): void {
  const { document } = globalThis as { document?: Document };
  if (!document) return;
  globalThis.addEventListener('pagehide', suspend);
  globalThis.addEventListener('pageshow', wake);
  document.addEventListener('freeze', suspend);
  document.addEventListener('resume', wake);
}
