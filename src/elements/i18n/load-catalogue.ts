import type { Texts } from './texts.js';

type Import = () => Promise<{ readonly texts: Texts }>;

/** The catalogues that are loaded on demand, by language and script. */
const imports: Readonly<Record<string, Import>> = {
  'ar-Arab': () => import('./catalogues/ar.js'),
  'de-Latn': () => import('./catalogues/de.js'),
  'es-Latn': () => import('./catalogues/es.js'),
  'fr-Latn': () => import('./catalogues/fr.js'),
  'he-Hebr': () => import('./catalogues/he.js'),
  'it-Latn': () => import('./catalogues/it.js'),
  'ja-Jpan': () => import('./catalogues/ja.js'),
  'pt-Latn': () => import('./catalogues/pt-BR.js'),
  'zh-Hans': () => import('./catalogues/zh-Hans.js'),
};

const requested = new Set<string>();

/**
 * Loads the catalogue of a language and script, and calls `onLoad` with its texts. A catalogue is requested once: a
 * failed import is not repeated by every element.
 */
export function loadCatalogue(key: string, onLoad: (texts: Texts) => void): void {
  if (requested.has(key)) return;
  requested.add(key);
  imports[key]?.()
    .then(({ texts }) => onLoad(texts))
    .catch(() => undefined);
}
