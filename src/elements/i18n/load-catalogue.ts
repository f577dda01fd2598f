import type { Texts } from './texts.js';

/** English is loaded with the views, and an unknown language has no catalogue. */
const WITHOUT_REQUEST = /^(en-|$)/;

const requested = new Set<string>();

/**
 * Loads the catalogue of a maximized locale, and calls `onLoad` with its texts. A catalogue is requested once: a failed
 * import is not repeated by every element. The list of the catalogues is imported on demand, too, since most pages need only English.
 */
export function loadCatalogue(locale: string, onLoad: (texts: Texts) => void): void {
  if (requested.has(locale) || WITHOUT_REQUEST.test(locale)) return;
  requested.add(locale);
  import('./find-catalogue.js')
    .then(({ findCatalogue }) => findCatalogue(locale)?.())
    .then((catalogue) => catalogue && onLoad(catalogue.texts))
    .catch(() => undefined);
}
