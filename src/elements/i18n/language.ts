import { attempt } from '../../core/internal.js';
import { loadCatalogue } from './load-catalogue.js';
import { notifyLanguages } from './language-watch.js';
import { mergeTexts } from './merge-texts.js';
import { sharedTexts, type PageTexts } from './page-texts.js';
import type { PartialTexts, Texts } from './texts.js';
import { NO_TEXTS } from './no-texts.js';

/** A language: its texts, and the locale in which numbers are formatted. */
export interface Language {
  /** A BCP 47 tag of the same language as the texts. */
  readonly locale: string;
  readonly direction: 'ltr' | 'rtl';
  readonly texts: Texts;
}

/** The scripts that are written from right to left. Not every browser has `Intl.Locale.prototype.getTextInfo`. */
const RIGHT_TO_LEFT = /Arab|Hebr|Thaa|Syrc|Nkoo|Adlm/;

/** The English texts, and the loaded catalogues by maximized locale, such as `de-Latn-AT`. Texts of the page override them. */
const layers: PageTexts[] = [['en-Latn', NO_TEXTS]];

/** Adds the English texts, which are loaded with the views. */
export function addEnglishTexts(texts: PartialTexts): void {
  addTexts('en-Latn', texts);
}

function addTexts(locale: string, texts: PartialTexts): void {
  layers.push([locale, texts]);
  notifyLanguages();
}

/** The language for a tag. Its texts are English without a catalogue, and until the catalogue is loaded. */
export function languageFor(tag: string): Language {
  const locale = readTag(tag)?.maximize().baseName ?? '';
  const key = withoutRegion(locale);
  loadCatalogue(locale, (texts) => {
    // Throws for a file of another version whose texts have other types, which is then ignored.
    mergeTexts(NO_TEXTS, texts);
    addTexts(locale, texts);
  });
  const found = [...layers, ...sharedTexts().layers].filter(([prefix]) => locale.startsWith(prefix));
  // Numbers have the language of the texts: "12,3 MB of 45,6 MB" would be neither English nor German.
  if (found.length === 0) return languageFor('en');
  return {
    // Chromium has no numbers in Nynorsk, and would write those of its own language. The texts are in Bokmål.
    locale: locale.startsWith('nn-') ? 'nb' : tag,
    direction: RIGHT_TO_LEFT.test(key) ? 'rtl' : 'ltr',
    texts: found.reduce((base, [, more]) => mergeValid(base, more), key === 'en-Latn' ? NO_TEXTS : languageFor('en').texts),
  };
}

/**
 * Registers texts of the page for a language. The elements of every copy of the package on the page use them at once.
 *
 * Texts that are left out keep the package's text, or the English one if the package does not have the language. Texts
 * for a region, such as `'de-AT'`, apply to that region only. Later registrations override earlier ones.
 *
 * @param language A BCP 47 tag, such as `'nl'`, `'pt-PT'` or `'zh-Hant'`.
 * @param texts Some or all of the texts. Unknown keys are ignored.
 * @throws {RangeError} When `language` is not a BCP 47 tag.
 * @throws {TypeError} When `texts` is not an object, or a text has another type than the English one.
 */
export function registerTexts(language: string, texts: PartialTexts): void {
  const locale = readTag(language);
  if (!locale) throw new RangeError(`language must be a BCP 47 tag, got "${language}"`);
  const maximized = locale.maximize().baseName;
  // Throws before any text is registered.
  mergeTexts(NO_TEXTS, texts);
  const { layers: pageTexts, listeners } = sharedTexts();
  pageTexts.push([locale.region ? maximized : withoutRegion(maximized), texts]);
  for (const update of [...listeners]) update();
}

/** Ignores texts that another version of the package accepted, and that have the wrong type in this one. */
function mergeValid(base: Texts, more: PartialTexts): Texts {
  return attempt(() => mergeTexts(base, more)) ?? base;
}

/** The language and script of a maximized tag: `de-Latn` of `de-Latn-AT`. */
function withoutRegion(locale: string): string {
  return locale.split('-', 2).join('-');
}

function readTag(tag: string): Intl.Locale | undefined {
  return attempt(() => new Intl.Locale(tag));
}
