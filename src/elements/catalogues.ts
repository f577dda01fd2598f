import type { Texts } from './texts.js';

/** The words that are loaded when a page is in their language, by language and script. */
export const catalogues: Record<string, (() => Promise<{ readonly texts: Texts }>) | undefined> = {
  'ar-Arab': () => import('./texts/ar.js'),
  'de-Latn': () => import('./texts/de.js'),
  'es-Latn': () => import('./texts/es.js'),
  'fr-Latn': () => import('./texts/fr.js'),
  'he-Hebr': () => import('./texts/he.js'),
  'it-Latn': () => import('./texts/it.js'),
  'ja-Jpan': () => import('./texts/ja.js'),
  'pt-Latn': () => import('./texts/pt-BR.js'),
  'zh-Hans': () => import('./texts/zh-Hans.js'),
};
