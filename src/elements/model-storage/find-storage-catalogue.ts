import { catalogueOf } from '../i18n/find-catalogue.js';
import { STORAGE_CATALOGUES, type StorageImport } from './catalogues.js';
import { MORE_STORAGE_CATALOGUES } from './more-catalogues.js';

/**
 * Returns the import of the texts of `<model-storage>` for a locale; `undefined` if there is none.
 *
 * @param locale A maximized locale, such as `de-Latn-AT`.
 */
export function findStorageCatalogue(locale: string): StorageImport | undefined {
  return catalogueOf(locale, { ...STORAGE_CATALOGUES, ...MORE_STORAGE_CATALOGUES });
}
