import { sharedTexts } from './page-texts.js';

const listeners = new Set<() => void>();

/** One for all elements: it hears of every `lang` on the page that could be the nearest to one of them. */
let observer: MutationObserver | undefined;

/** Hears when the nearest `lang` may be another, or the words of a language are; returns how to stop hearing. */
export function watchLanguages(listener: () => void): () => void {
  listeners.add(listener);
  sharedTexts().listeners.add(notifyLanguages);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    observer?.disconnect();
    sharedTexts().listeners.delete(notifyLanguages);
  };
}

/** Tells everybody who watches. */
export function notifyLanguages(): void {
  for (const listener of [...listeners]) listener();
}

/**
 * The nearest `lang` at or above a connected host, through shadow roots; `''` where there is none.
 *
 * Changes of attributes are not told across shadow roots, so each root on the way is observed from then on.
 */
export function nearestLang(host: Element): string {
  const root = host.getRootNode();
  observer ??= new MutationObserver(notifyLanguages);
  observer.observe(root, { attributeFilter: ['lang'], subtree: true });
  const found = host.closest('[lang]')?.getAttribute('lang');
  // Not `instanceof`: the root may be of another window.
  const { host: outer } = root as Partial<ShadowRoot>;
  return found ?? (outer ? nearestLang(outer) : '');
}
