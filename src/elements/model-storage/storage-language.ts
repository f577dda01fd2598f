// In: a language tag. Out: the texts of `<model-storage>`, which are loaded apart from those of the other elements.
import { languageFor, type Language } from '../i18n/language.js';
import { notifyLanguages } from '../i18n/language-watch.js';
import { mergeTexts } from '../i18n/merge-texts.js';
import { sharedTexts } from '../i18n/page-texts.js';
import { texts as english } from './catalogues/en.js';
import type { StorageTexts } from './storage-texts.js';

/** English is loaded with the tag, and an invalid language tag has no catalogue. */
const WITHOUT_REQUEST = /^(en-|$)/;

const requested = new Set<string>();

/** The loaded catalogues by maximized locale, such as `de-Latn-AT`. Texts of the page override them. */
const catalogues = new Map<string, StorageTexts>();

/** The texts of `<model-storage>`, and the language of the numbers and dates in them. */
export interface StorageLanguage {
  readonly texts: StorageTexts;
  readonly language: Language;
}

/**
 * The texts in the language of the other elements. Without a catalogue, and until it is loaded, texts and numbers are English.
 *
 * @param tag The nearest `lang`, whose catalogue is loaded at the same time as that of the other elements.
 * @param language The language of the other elements, which is English until their catalogue is loaded.
 */
export function storageLanguageFor(tag: string, language: Language): StorageLanguage {
  const wanted = maximized(tag);
  loadCatalogue(wanted);
  // The locale is that of the tag: for `nn`, `language.locale` is `nb`.
  const locale = language.locale === 'en' ? 'en-Latn-US' : wanted;
  const layers = sharedTexts().layers.filter(([prefix, { storage }]) => storage !== undefined && locale.startsWith(prefix));
  const catalogue = locale.startsWith('en-') ? english : catalogues.get(locale);
  if (!catalogue && layers.length === 0) return { texts: english, language: languageFor('en') };
  return { texts: layers.reduce((texts, [, more]) => mergeValid(texts, more.storage), catalogue ?? english), language };
}

/**
 * Loads a catalogue once, and then updates all elements: a failed import is not repeated by every rendering. The list of the
 * catalogues is imported on demand, too, since most pages need only English.
 */
function loadCatalogue(locale: string): void {
  if (requested.has(locale) || WITHOUT_REQUEST.test(locale)) return;
  requested.add(locale);
  import('./find-storage-catalogue.js')
    .then(({ findStorageCatalogue }) => findStorageCatalogue(locale)?.())
    .then((catalogue) => {
      if (!catalogue) return;
      catalogues.set(locale, mergeTexts(english, catalogue.texts));
      notifyLanguages();
    })
    .catch(() => undefined);
}

const reported = new WeakSet<Partial<StorageTexts>>();

/**
 * Returns `base` with the texts of the page. Texts with a wrong type, which `registerTexts` does not check, are ignored and reported
 * once as an uncaught error.
 */
function mergeValid(base: StorageTexts, more: Partial<StorageTexts> | undefined): StorageTexts {
  try {
    return more === undefined ? base : mergeTexts(base, more, 'texts.storage');
  } catch (error) {
    const isNew = more && !reported.has(more) && reported.add(more);
    // Not every server has the function.
    if (isNew) (globalThis as Partial<typeof globalThis>).reportError?.(error);
    return base;
  }
}

function maximized(tag: string): string {
  try {
    return new Intl.Locale(tag).maximize().baseName;
  } catch {
    return '';
  }
}
