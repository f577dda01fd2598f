import { attempt } from '../../core/internal.js';

/**
 * Whether a service worker handles requests of this realm, as far as the platform tells: a page knows its controller, and a worker only
 * which of its own scripts and files a service worker has handled.
 */
export function hasServiceWorker(): boolean {
  const { navigator } = globalThis as { navigator?: { readonly serviceWorker?: { readonly controller: unknown } } };
  // In a sandboxed frame the property throws.
  if (attempt(() => navigator?.serviceWorker?.controller)) return true;
  const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
  return entries.some(({ workerStart }) => workerStart > 0);
}
