import type { ReactiveElement } from 'lit';

/** Whether the tree of a host was there before it first drew. */
const rendered = new WeakMap<ReactiveElement, boolean>();

/**
 * Whether a host is about to take over a tree that a server has rendered. Lit does so only if what is drawn
 * first is what the server has drawn, which knew neither a download nor the language of the page.
 */
export function isHydrating(host: ReactiveElement): boolean {
  const { hasUpdated, shadowRoot } = host;
  if (hasUpdated || !shadowRoot) return false;
  // Asked once: after its first drawing a host has a tree too, and Lit sets `hasUpdated` only after `hostUpdated`.
  if (!rendered.has(host)) rendered.set(host, shadowRoot.firstElementChild !== null);
  return rendered.get(host) === true;
}
