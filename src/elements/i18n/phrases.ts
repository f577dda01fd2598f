import { formatBytes, formatDuration, formatPercent, formatSpeed } from '../../core/index.js';
import type { Language } from './language.js';
import type { ShownDownload } from '../shown-download.js';
import type { Count } from './texts.js';

/** How a download stands, in words. `now` is in ms since 1970. */
export function statusPhrase(download: ShownDownload, language: Language, now: number): string {
  const { texts } = language;
  switch (download.status) {
    case 'checking':
      return download.attempt > 0 ? attemptPhrase(download, language, texts.startingAgain) : texts.status.checking;
    case 'downloading':
      return download.fromDevice ? texts.fromDevice : texts.status.downloading;
    case 'preparing':
      return download.isSlowToStart ? texts.slowStart : texts.status.preparing;
    case 'waiting':
      return waitingWords(download, language, now);
    case 'failed':
      // A model that cannot be started is no failed download.
      return download.failureCode === 'runtime' || download.percent === 100 ? reasonPhrase(download, language) : texts.status.failed;
    default:
      return texts.status[download.status];
  }
}

/** What went wrong, in words. */
export function reasonPhrase({ failureCode = 'network' }: ShownDownload, { texts }: Language): string {
  return texts.failure[failureCode].title;
}

/** Which attempt a download is on, in words. */
export function attemptPhrase({ attempt, maxAttempts }: ShownDownload, { locale, texts }: Language, words = texts.attempt): string {
  return words(countOf(attempt, locale), countOf(Math.max(attempt, maxAttempts), locale));
}

const counts = new Map<string, Count>();

/** A number of things, for words whose form depends on it. Made once: to ask a language costs far more. */
export function countOf(number: number, locale: string): Count {
  const id = `${locale} ${number}`;
  let count = counts.get(id);
  if (!count) {
    count = { number, text: new Intl.NumberFormat(locale).format(number), plural: new Intl.PluralRules(locale).select(number) };
    counts.set(id, count);
  }
  return count;
}

/** An amount of bytes, in words. */
export function sizePhrase(bytes: number, language: Language): string {
  return isolated(formatBytes(bytes, language.locale), language);
}

/** How much is here, and of how much, in words. */
export function amountPhrase({ bytes, total }: Pick<ShownDownload, 'bytes' | 'total'>, language: Language): string {
  const here = sizePhrase(bytes, language);
  const { texts } = language;
  return total === undefined ? texts.amountSoFar(here) : texts.amount(here, sizePhrase(total, language));
}

/** The percentage, rounded down; `undefined` while unknown. */
export function percentPhrase({ percent }: Pick<ShownDownload, 'percent'>, { locale }: Language): string | undefined {
  return percent === undefined ? undefined : formatPercent(percent, locale);
}

/** How fast bytes come, in words; `undefined` while unknown. */
export function speedPhrase({ speed }: ShownDownload, language: Language): string | undefined {
  return speed === undefined ? undefined : isolated(formatSpeed(speed, language.locale), language);
}

/** How long it will take, in words; `undefined` while unknown. */
export function timeLeftPhrase({ timeRemaining }: ShownDownload, { locale, texts }: Language): string | undefined {
  return timeRemaining === undefined ? undefined : texts.timeLeft(formatDuration(timeRemaining, locale, texts.fewSeconds));
}

/** What a progress bar says of itself: status and figures in one sentence. */
export function progressPhrase(download: ShownDownload, language: Language, now: number): string {
  const moving = download.status !== 'preparing' && download.status !== 'completed';
  return [
    statusPhrase(download, language, now),
    moving ? percentPhrase(download, language) : undefined,
    moving && download.bytes > 0 ? amountPhrase(download, language) : undefined,
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

/** Where words run from right to left, a unit in Latin letters would come before its number. */
function isolated(figure: string, { direction }: Language): string {
  return direction === 'rtl' ? `\u2068${figure}\u2069` : figure;
}
