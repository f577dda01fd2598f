import type { ReactiveElement } from 'lit';

/** Whether a host had a rendered tree before its first update. */
const rendered = new WeakMap<ReactiveElement, boolean>();

/**
 * Whether a host is about to hydrate a tree that a server rendered. Lit requires that the first rendering equals the server's, which
 * contains neither a download nor texts in the language of the page.
 */
export function isHydrating(host: ReactiveElement): boolean {
  const { hasUpdated, shadowRoot } = host;
  if (hasUpdated || !shadowRoot) return false;
  // Read once: after its first rendering every host has a tree, and Lit sets `hasUpdated` only after `hostUpdated`.
  if (!rendered.has(host)) rendered.set(host, shadowRoot.firstElementChild !== null);
  return rendered.get(host) === true;
}
