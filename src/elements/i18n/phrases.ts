import { formatBytes, formatDuration, formatPercent, formatSpeed } from '../../core/index.js';
import type { Language } from './language.js';
import type { ShownDownload } from '../shown-download.js';
import { countOf } from './count-of.js';

/** The status of a download as text. `now` is in ms since 1970. */
export function statusPhrase(download: ShownDownload, language: Language, now: number): string {
  const { texts } = language;
  switch (download.status) {
    case 'checking':
      return download.attempt > 0 ? attemptPhrase(download, language, texts.startingAgain) : texts.status.checking;
    case 'downloading':
      return download.fromDevice ? texts.fromDevice : texts.status.downloading;
    case 'paused':
      return download.isRestored ? texts.unfinished : texts.status.paused;
    case 'preparing':
      return download.isSlowToStart ? texts.slowStart : texts.status.preparing;
    case 'waiting':
      return waitingPhrase(download, language, now);
    case 'failed':
      // The download was complete: the start of the model failed.
      return download.failureCode === 'runtime' || download.percent === 100 ? reasonPhrase(download, language) : texts.status.failed;
    default:
      return texts.status[download.status];
  }
}

/** The reason of a failure as text. */
export function reasonPhrase({ failureCode = 'network' }: ShownDownload, { texts }: Language): string {
  return texts.failure[failureCode].title;
}

/** The number of the retry as text. */
export function attemptPhrase({ attempt, maxAttempts }: ShownDownload, { locale, texts }: Language, format = texts.attempt): string {
  return format(countOf(attempt, locale), countOf(Math.max(attempt, maxAttempts), locale));
}

/** A number of bytes as text. */
export function sizePhrase(bytes: number, language: Language): string {
  return isolate(unbroken(formatBytes(bytes, language.locale)), language);
}

/** The downloaded and the total bytes as text. */
export function amountPhrase({ bytes, total }: Pick<ShownDownload, 'bytes' | 'total'>, language: Language): string {
  const done = sizePhrase(bytes, language);
  const { texts } = language;
  return total === undefined ? texts.amountSoFar(done) : texts.amount(done, sizePhrase(total, language));
}

/** The bytes of an unfinished download that an earlier visit has stored, as text; `undefined` if there are none. */
export function storedPhrase(download: ShownDownload, language: Language): string | undefined {
  const { isRestored, bytes, total } = download;
  if (!isRestored || bytes === 0) return undefined;
  return language.texts.partlyOnDevice(total === undefined ? sizePhrase(bytes, language) : amountPhrase(download, language));
}

/** The percentage, rounded down; `undefined` while unknown. */
export function percentPhrase({ percent }: Pick<ShownDownload, 'percent'>, { locale }: Language): string | undefined {
  return percent === undefined ? undefined : formatPercent(percent, locale);
}

/** The speed as text; `undefined` while unknown. */
export function speedPhrase({ speed }: ShownDownload, language: Language): string | undefined {
  return speed === undefined ? undefined : isolate(unbroken(formatSpeed(speed, language.locale)), language);
}

/** A number of seconds as text; below 5 s it is `fewSeconds`, unless that is empty. */
export function durationPhrase(seconds: number, locale: string, fewSeconds = ''): string {
  return unbroken(formatDuration(seconds, locale, fewSeconds));
}

/** The time left as text; `undefined` while unknown. */
export function timeLeftPhrase({ timeRemaining }: ShownDownload, { locale, texts }: Language): string | undefined {
  return timeRemaining === undefined ? undefined : texts.timeLeft(durationPhrase(timeRemaining, locale, texts.fewSeconds));
}

/** The accessible value of a progress bar: status, percentage and bytes in one sentence. */
export function progressPhrase(download: ShownDownload, language: Language, now: number): string {
  const isMoving = download.status !== 'preparing' && download.status !== 'completed';
  return [
    statusPhrase(download, language, now),
    isMoving ? percentPhrase(download, language) : undefined,
    isMoving && download.bytes > 0 ? amountPhrase(download, language) : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(language.texts.separator);
}

function waitingPhrase({ retryAt, failureCode }: ShownDownload, language: Language, now: number): string {
  const { locale, texts } = language;
  if (retryAt !== undefined) {
    const seconds = Math.ceil((retryAt - now) / 1_000);
    if (seconds <= 0) return texts.retryNow;
    return texts.retryIn(durationPhrase(seconds, locale));
  }
  return failureCode === 'offline' ? texts.waitingForConnection : texts.status.waiting;
}

/** Returns a figure with no-break spaces, so that no line ends within it. A text without a number is returned unchanged. */
function unbroken(figure: string): string {
  return /\p{Nd}/u.test(figure) ? figure.replaceAll(' ', '\u00a0') : figure;
}

/** A Latin unit before words from right to left, such as the Persian "MB در ثانیه". */
const RIGHT_TO_LEFT_WORDS = /[a-z]\s[\u05d0-\u06cc]/i;

/** Isolates a number with a Latin unit in right-to-left text, where the unit would appear before the number. */
function isolate(text: string, { direction }: Language): string {
  if (direction === 'ltr') return text;
  // Isolated from left to right, the words would come before the number for a reader from right to left.
  return `${RIGHT_TO_LEFT_WORDS.test(text) ? '\u2067' : '\u2068'}${text}\u2069`;
}
