import { catalogues, english, type Texts } from './texts.js';

/** One language: its words, and the tag that figures are formatted with. */
export interface Language {
  /** A BCP 47 tag, of the same language as the words. */
  readonly locale: string;
  readonly texts: Texts;
}

/** What is used where no language is named, or none that there are words for. */
export const DEFAULT_LANGUAGE: Language = { locale: 'en', texts: english };

/**
 * The language for a tag.
 *
 * Figures follow the words: "12,3 MB of 45,6 MB" would be neither English nor German.
 */
export function languageFor(tag: string): Language {
  const texts = catalogues.get(tag.split('-', 1)[0]?.toLowerCase() ?? '');
  return texts && isLocale(tag) ? { locale: tag, texts } : DEFAULT_LANGUAGE;
}

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
