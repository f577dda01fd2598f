import type { Texts } from './texts.js';

/** Imports a catalogue. */
export type CatalogueImport = () => Promise<{ readonly texts: Texts }>;

/** The catalogues that `model-download.full.iife.js` also contains, by language and script. */
export const CATALOGUES: Readonly<Record<string, CatalogueImport>> = {
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
