import { catalogues } from './load-catalogue.js';
import { notifyLanguages } from './language-watch.js';
import { mergeTexts } from './merge-texts.js';
import { sharedTexts, type PageTexts } from './page-texts.js';
import type { PartialTexts, Texts } from './texts.js';
import { texts as english } from './catalogues/en.js';

/** One language: its words, and what is needed to put figures among them. */
export interface Language {
  /** A BCP 47 tag, of the same language as the words. */
  readonly locale: string;
  readonly direction: 'ltr' | 'rtl';
  readonly texts: Texts;
}

/** The scripts that run from right to left: not every browser tells the direction of a language. */
const RIGHT_TO_LEFT = /Arab|Hebr|Thaa|Syrc|Nkoo|Adlm/;

/** The package's own words that are here, and where: `de-Latn`. Those of the page go before them. */
const layers: PageTexts[] = [['en-Latn', english]];

/** The language for a tag. Its words are English where there are none, and until they have been loaded. */
export function languageFor(tag: string): Language {
  const place = readTag(tag)?.maximize().baseName ?? '';
  const whole = wholeOf(place);
  loadCatalogue(whole);
  const found = [...layers, ...sharedTexts().layers].filter(([where]) => place.startsWith(where));
  // Figures follow the words: "12,3 MB of 45,6 MB" would be neither English nor German.
  if (found.length === 0) return languageFor('en');
  return {
    locale: tag,
    direction: RIGHT_TO_LEFT.test(whole) ? 'rtl' : 'ltr',
    texts: found.reduce((base, [, more]) => mergeKnown(base, more), whole === 'en-Latn' ? english : languageFor('en').texts),
  };
}

/**
 * Gives the elements words of the page's own, at once and wherever the page is in that language. They reach
 * the elements of every copy of the package on the page.
 *
 * What is left out stays as it is: in the package's words, or in English where the package has none. Words
 * for a region, as `'de-AT'`, are for that region only. What is registered later goes before what was
 * registered earlier.
 *
 * @param language A BCP 47 tag, such as `'nl'`, `'pt-PT'` or `'zh-Hant'`.
 * @param texts Some of the words, or all. Unknown keys are ignored.
 * @throws {RangeError} When `language` is not such a tag.
 * @throws {TypeError} When `texts` is not an object, or a text has another type than the English one.
 */
export function registerTexts(language: string, texts: PartialTexts): void {
  const locale = readTag(language);
  if (!locale) throw new RangeError(`Not a language tag: ${language}`);
  const place = locale.maximize().baseName;
  // Takes none of the texts when one of them is of a wrong type.
  mergeTexts(english, texts);
  const { layers: pageTexts, listeners } = sharedTexts();
  pageTexts.push([locale.region ? place : wholeOf(place), texts]);
  for (const update of [...listeners]) update();
}

function loadCatalogue(place: string): void {
  const load = catalogues[place];
  // What could not be loaded is not asked for again by every element.
  catalogues[place] = undefined;
  load?.()
    .then(({ texts }) => {
      // A file of another version may have words of other types: then it is as if there were none.
      layers.push([place, mergeTexts(english, texts)]);
      notifyLanguages();
    })
    .catch(() => undefined);
}

/** Leaves words out that another version of the package took, and whose type is another in this one. */
function mergeKnown(base: Texts, more: PartialTexts): Texts {
  try {
    return mergeTexts(base, more);
  } catch {
    return base;
  }
}

/** A place without its region. */
function wholeOf(place: string): string {
  return place.split('-', 2).join('-');
}

function readTag(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag);
  } catch {
    return undefined;
  }
}
