import type { Texts } from './texts.js';

/** The words that are loaded when a page is in their language, by language and script. */
export const catalogues: Record<string, (() => Promise<{ readonly texts: Texts }>) | undefined> = {
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
