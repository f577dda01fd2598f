import { attempt, check } from '../../core/internal.js';
import { checkTexts } from './check-texts.js';
import { loadCatalogue } from './load-catalogue.js';
import { notifyLanguages } from './language-watch.js';
import { mergeTexts } from './merge-texts.js';
import { sharedTexts, type PageTexts } from './page-texts.js';
import type { PartialTexts, Texts } from './texts.js';

/** A language: its texts, and the locale in which numbers are formatted. */
export interface Language {
  /** A BCP 47 tag of the same language as the texts. */
  readonly locale: string;
  readonly direction: 'ltr' | 'rtl';
  readonly texts: Texts;
}

/** The scripts that are written from right to left. Not every browser has `Intl.Locale.prototype.getTextInfo`. */
const RIGHT_TO_LEFT = /Arab|Hebr|Thaa|Syrc|Nkoo|Adlm/;

/** The English texts. They are loaded with the views, and nothing is drawn before. */
let english = {} as Texts;

/** The loaded catalogues by maximized locale, such as `de-Latn-AT`. Texts of the page override them. */
const layers: PageTexts[] = [['en-Latn', {}]];

/** Sets the English texts. */
export function setEnglishTexts(texts: Texts): void {
  english = texts;
  notifyLanguages();
}

/** Returns the language for a tag, and loads its catalogue. The texts are English until the catalogue is loaded, and if there is none. */
export function languageFor(tag: string): Language {
  const locale = readTag(tag)?.maximize().baseName ?? '';
  const key = withoutRegion(locale);
  loadCatalogue(locale, (texts) => {
    layers.push([locale, texts]);
    notifyLanguages();
  });
  const found = [...layers, ...sharedTexts().layers].filter(([prefix, texts]) => locale.startsWith(prefix) && isUsable(texts));
  // Numbers have the language of the texts: "12,3 MB of 45,6 MB" would be neither English nor German.
  if (found.length === 0) return languageFor('en');
  return {
    // An undetermined language has the texts of the likely one. Chromium has no number formats for Nynorsk, and would use those of
    // the browser's language. The texts are in Bokmål.
    locale: locale.startsWith('nn-') ? 'nb' : tag.replace(/^und\b/i, locale.split('-', 1).join()),
    direction: RIGHT_TO_LEFT.test(key) ? 'rtl' : 'ltr',
    texts: found.reduce((base, [, more]) => mergeTexts(base, more), key === 'en-Latn' ? english : languageFor('en').texts),
  };
}

/**
 * Registers texts of the page for a language. The elements of every copy of the package on the page use them at once.
 *
 * Texts that are left out keep the package's text, or the English one if the package does not have the language. Texts
 * for a region, such as `'de-AT'`, apply to that region only. Later registrations override earlier ones.
 *
 * @param language A BCP 47 tag, such as `'nl'`, `'pt-PT'` or `'zh-Hant'`.
 * @param texts Some or all of the texts. A text of an unknown name is ignored if it is a string.
 * @throws {RangeError} When `language` is not a BCP 47 tag.
 * @throws {TypeError} When `texts` is not an object, or a text has another type than the English one.
 */
export function registerTexts(language: string, texts: PartialTexts): void {
  const locale = readTag(language);
  check(locale !== undefined, 'language', language, 'a BCP 47 tag', true);
  const maximized = locale.maximize().baseName;
  // Throws before any text is registered.
  checkTexts(texts);
  const { layers: pageTexts, listeners } = sharedTexts();
  pageTexts.push([locale.region ? maximized : withoutRegion(maximized), texts]);
  for (const update of [...listeners]) update();
}

/** Whether texts, which can be of another version of the package, have the types of this one. */
function isUsable(texts: PartialTexts): boolean {
  return attempt(() => mergeTexts(english, texts)) !== undefined;
}

/** The language and script of a maximized tag: `de-Latn` of `de-Latn-AT`. */
function withoutRegion(locale: string): string {
  return locale.split('-', 2).join('-');
}

function readTag(tag: string): Intl.Locale | undefined {
  return attempt(() => new Intl.Locale(tag));
}
