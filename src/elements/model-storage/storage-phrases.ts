import type { Language } from '../i18n/language.js';
import { sizePhrase } from '../i18n/phrases.js';
import type { ShownModel, ShownOther, ShownStorage } from './shown-storage.js';
import type { StorageTexts } from './storage-texts.js';

/** One day, in ms. */
const DAY = 86_400_000;

/** From this number of days on, a date is easier to read than a number of days. */
const DATE_AFTER = 7;

/** The time of the last use as text, such as "today" or "3 days ago"; a date if it is older than a week. `now` is in ms since 1970. */
export function lastUsedPhrase(time: number, texts: StorageTexts, { locale }: Language, now: number): string {
  // A time in the future comes from a clock that was wrong.
  const days = Math.max(0, Math.round((midnight(now) - midnight(time)) / DAY));
  const when =
    days < DATE_AFTER
      ? new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-days, 'day')
      : new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(time);
  return texts.lastUsed(when);
}

/** The names of the models with the same files as text; `undefined` for none. */
export function sharedPhrase(model: ShownModel, { models }: ShownStorage, texts: StorageTexts, { locale }: Language): string | undefined {
  const names = models.filter(({ key }) => model.sharedWith.includes(key)).map(({ name }) => `\u2068${name}\u2069`);
  return names.length === 0 ? undefined : texts.sharedFiles(new Intl.ListFormat(locale, { type: 'conjunction' }).format(names));
}

/** What the site uses and may use, as text; `undefined` if the browser does not report it. */
export function usagePhrase({ usage, quota }: ShownStorage, texts: StorageTexts, language: Language): string | undefined {
  if (usage === undefined) return undefined;
  const used = sizePhrase(usage, language);
  return quota === undefined ? texts.usage(used) : texts.usageOfQuota(used, sizePhrase(quota, language));
}

/** The size of the files of other software as text. */
export function otherSizePhrase({ bytes, isExact }: ShownOther, texts: StorageTexts, language: Language): string {
  const size = sizePhrase(bytes, language);
  return isExact ? size : texts.atLeast(size);
}

/** The start of the day of a time, in local time. */
function midnight(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0);
}
