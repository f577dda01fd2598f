import { formatBytes, formatDuration, formatPercent, formatSpeed } from '../core/index.js';
import type { Language } from './language.js';
import type { ShownDownload } from './shown-download.js';
import type { Count } from './texts.js';

/** How a download stands, in words. `now` is in ms since 1970. */
export function statusWords(download: ShownDownload, language: Language, now: number): string {
  const { texts } = language;
  switch (download.status) {
    case 'checking':
      return download.attempt > 0 ? attemptWords(download, language, texts.startingAgain) : texts.status.checking;
    case 'downloading':
      return download.fromDevice ? texts.fromDevice : texts.status.downloading;
    case 'waiting':
      return waitingWords(download, language, now);
    default:
      return texts.status[download.status];
  }
}

/** Which attempt a download is on, in words. */
export function attemptWords(
  { attempt, maxAttempts }: ShownDownload,
  { locale, texts }: Language,
  words = texts.attempt,
): string {
  return words(countOf(attempt, locale), countOf(Math.max(attempt, maxAttempts), locale));
}

/** By locale: making them costs far more than using them. */
const counting = new Map<string, { readonly numbers: Intl.NumberFormat; readonly plurals: Intl.PluralRules }>();

/** A number of things, for words whose form depends on it. */
export function countOf(number: number, locale: string): Count {
  let rules = counting.get(locale);
  if (!rules) counting.set(locale, (rules = { numbers: new Intl.NumberFormat(locale), plurals: new Intl.PluralRules(locale) }));
  return { number, text: rules.numbers.format(number), plural: rules.plurals.select(number) };
}

/** How much is here, and of how much, in words. */
export function amountWords(
  { bytes, total }: Pick<ShownDownload, 'bytes' | 'total'>,
  { locale, texts }: Language,
): string {
  const here = formatBytes(bytes, locale);
  return total === undefined ? texts.amountSoFar(here) : texts.amount(here, formatBytes(total, locale));
}

/** The percentage, rounded down; `undefined` while unknown. */
export function percentWords(
  { percent }: Pick<ShownDownload, 'percent'>,
  { locale }: Language,
): string | undefined {
  return percent === undefined ? undefined : formatPercent(percent, locale);
}

/** How fast bytes come, in words; `undefined` while unknown. */
export function speedWords({ speed }: ShownDownload, { locale }: Language): string | undefined {
  return speed === undefined ? undefined : formatSpeed(speed, locale);
}

/** How long it will take, in words; `undefined` while unknown. */
export function timeLeftWords({ timeRemaining }: ShownDownload, { locale, texts }: Language): string | undefined {
  return timeRemaining === undefined
    ? undefined
    : texts.timeLeft(formatDuration(timeRemaining, locale, texts.fewSeconds));
}

/** What a progress bar says of itself: status and figures in one sentence. */
export function progressWords(download: ShownDownload, language: Language, now: number): string {
  const moving = download.status !== 'preparing' && download.status !== 'completed';
  return [
    statusWords(download, language, now),
    moving ? percentWords(download, language) : undefined,
    moving && download.bytes > 0 ? amountWords(download, language) : undefined,
  ]
    .filter((words) => words !== undefined)
    .join(language.texts.separator);
}

function waitingWords({ retryAt, failureCode }: ShownDownload, language: Language, now: number): string {
  const { locale, texts } = language;
  if (retryAt !== undefined) {
    const seconds = Math.ceil((retryAt - now) / 1_000);
    if (seconds <= 0) return texts.retryNow;
    return texts.retryIn(formatDuration(seconds, locale, ''));
  }
  return failureCode === 'offline' ? texts.waitingForConnection : texts.status.waiting;
}
