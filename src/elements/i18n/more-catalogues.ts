import type { CatalogueImport } from './catalogues.js';

/** The catalogues that are not in the file with everything, by language and script, or with a region. */
export const MORE_CATALOGUES: Readonly<Record<string, CatalogueImport>> = {
  'ca-Latn': () => import('./catalogues/ca.js'),
  'cs-Latn': () => import('./catalogues/cs.js'),
  'da-Latn': () => import('./catalogues/da.js'),
  'fi-Latn': () => import('./catalogues/fi.js'),
  'hu-Latn': () => import('./catalogues/hu.js'),
  'nb-Latn': () => import('./catalogues/nb.js'),
  'nl-Latn': () => import('./catalogues/nl.js'),
  'pl-Latn': () => import('./catalogues/pl.js'),
  'pt-Latn-PT': () => import('./catalogues/pt-PT.js'),
  'ro-Latn': () => import('./catalogues/ro.js'),
  'sk-Latn': () => import('./catalogues/sk.js'),
  'sv-Latn': () => import('./catalogues/sv.js'),
};
