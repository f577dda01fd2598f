import type { ReactiveElement } from 'lit';

/**
 * Whether a host is about to take over a tree that a server has rendered. Lit does so only if what is drawn
 * first is what the server has drawn, which knew neither a download nor the language of the page.
 */
export function isHydrating({ hasUpdated, shadowRoot }: ReactiveElement): boolean {
  return !hasUpdated && Boolean(shadowRoot?.firstElementChild);
}
