import { CATALOGUES, type CatalogueImport } from './catalogues.js';
import { MORE_CATALOGUES } from './more-catalogues.js';

/**
 * The regions with European Portuguese, by `parentLocales` of CLDR. The others, such as `pt-US`, have the texts of `pt`,
 * which are Brazilian.
 *
 * @see https://github.com/unicode-org/cldr/blob/main/common/supplemental/supplementalData.xml
 */
const EUROPEAN_PORTUGUESE = /^pt-Latn-(AO|CH|CV|FR|GQ|GW|LU|MO|MZ|PT|ST|TL)\b/;

/** `no` is used for Bokmål. Readers of Nynorsk also read Bokmål. */
const NORWEGIAN = /^n[no]-Latn/;

/**
 * Returns the import of the catalogue for a locale; `undefined` if there is none.
 *
 * @param locale A maximized locale, such as `de-Latn-AT`.
 */
export function findCatalogue(locale: string): CatalogueImport | undefined {
  return catalogueOf(locale, { ...CATALOGUES, ...MORE_CATALOGUES });
}

/**
 * Returns the catalogue for a locale; `undefined` if there is none.
 *
 * @param locale A maximized locale, such as `de-Latn-AT`.
 * @param catalogues By language and script, or with a region, such as `pt-Latn-PT`.
 */
export function catalogueOf<T>(locale: string, catalogues: Readonly<Record<string, T>>): T | undefined {
  if (EUROPEAN_PORTUGUESE.test(locale) && catalogues['pt-Latn-PT']) return catalogues['pt-Latn-PT'];
  const [language, script] = locale.replace(NORWEGIAN, 'nb-Latn').split('-');
  return catalogues[`${language}-${script}`];
}
