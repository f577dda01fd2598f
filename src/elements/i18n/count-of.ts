import type { Count } from './texts.js';

const counts = new Map<string, Count>();

/** A number with its formatted text and its plural form. Cached, because `Intl` constructors are slow. */
export function countOf(number: number, locale: string): Count {
  const id = `${locale} ${number}`;
  let count = counts.get(id);
  if (!count) {
    count = { number, text: new Intl.NumberFormat(locale).format(number), plural: new Intl.PluralRules(locale).select(number) };
    counts.set(id, count);
  }
  return count;
}
