import { sharedTexts } from './page-texts.js';

const listeners = new Set<() => void>();

/** One observer for all elements: it reports every `lang` that can be the nearest one of an element. */
let observer: MutationObserver | undefined;

/** Calls `listener` when a `lang` or the texts of a language change. Returns a function that removes the listener. */
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

/** Notifies all listeners. */
export function notifyLanguages(): void {
  for (const listener of [...listeners]) listener();
}

/**
 * Returns the nearest `lang` of a connected host, through shadow roots; `''` if there is none.
 *
 * A MutationObserver does not cross shadow roots, so each root on the path is observed from then on.
 */
export function nearestLang(host: Element): string {
  const root = host.getRootNode();
  observer ??= new MutationObserver(notifyLanguages);
  observer.observe(root, { attributeFilter: ['lang'], subtree: true });
  const found = host.closest('[lang]')?.getAttribute('lang');
  // Not `instanceof`: the root can be of another window.
  const { host: outer } = root as Partial<ShadowRoot>;
  return found ?? (outer ? nearestLang(outer) : '');
}
