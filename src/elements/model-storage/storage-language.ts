// In: a language tag. Out: the texts of `<model-storage>`, which are loaded apart from those of the other elements.
import { languageFor, type Language } from '../i18n/language.js';
import { notifyLanguages } from '../i18n/language-watch.js';
import { mergeTexts } from '../i18n/merge-texts.js';
import { sharedTexts } from '../i18n/page-texts.js';
import { texts as english } from './catalogues/en.js';
import type { StorageTexts } from './storage-texts.js';

type Import = () => Promise<{ readonly texts: StorageTexts }>;

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

/** The loaded catalogues. Texts of the page override them. */
const catalogues = new Map<string, StorageTexts>([['en-Latn', english]]);

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
  loadCatalogue(keyOf(maximized(tag)));
  const locale = maximized(language.locale);
  const layers = sharedTexts().layers.filter(([prefix, { storage }]) => storage !== undefined && locale.startsWith(prefix));
  const catalogue = catalogues.get(keyOf(locale));
  if (!catalogue && layers.length === 0) return { texts: english, language: languageFor('en') };
  return { texts: layers.reduce((texts, [, more]) => mergeValid(texts, more.storage), catalogue ?? english), language };
}

/** Loads a catalogue once, and then updates all elements: a failed import is not repeated by every rendering. */
function loadCatalogue(key: string): void {
  if (requested.has(key)) return;
  requested.add(key);
  imports[key]?.()
    .then(({ texts }) => {
      catalogues.set(key, mergeTexts(english, texts));
      notifyLanguages();
    })
    .catch(() => undefined);
}

/** Ignores texts of the page with a wrong type, which `registerTexts` cannot know. */
function mergeValid(base: StorageTexts, more: Partial<StorageTexts> | undefined): StorageTexts {
  try {
    return more === undefined ? base : mergeTexts(base, more);
  } catch {
    return base;
  }
}

/** The language and script of a maximized tag: `de-Latn` of `de-Latn-AT`. */
function keyOf(locale: string): string {
  return locale.split('-', 2).join('-');
}

function maximized(tag: string): string {
  try {
    return new Intl.Locale(tag).maximize().baseName;
  } catch {
    return '';
  }
}
