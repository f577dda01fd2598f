import { DOWNLOAD_STATUSES } from '../../core/internal.js';
import { FAILURE_CODES } from '../failure-codes.js';
import type { Texts } from './texts.js';

type KeysOf<Value> = { readonly [Key in keyof Texts]: Texts[Key] extends Value ? Key : never }[keyof Texts];

/** The texts that are functions. */
const FUNCTIONS: readonly KeysOf<(...args: never) => string>[] = [
  'severalModels',
  'retryIn',
  'startingAgain',
  'attempt',
  'amount',
  'amountSoFar',
  'timeLeft',
  'downloadSize',
  'partlyOnDevice',
  'filesDone',
  'timeAtLastSpeed',
  'finalFailure',
  'open',
  'announcement',
];

/** The texts that are strings. */
const STRINGS: readonly KeysOf<string>[] = [
  'slowStart',
  'unfinished',
  'fromDevice',
  'unknownModel',
  'noDownload',
  'waitingForConnection',
  'retryNow',
  'fewSeconds',
  'sizeUnknown',
  'onDevice',
  'notOnDevice',
  'excludesRuntime',
  'fits',
  'doesNotFit',
  'variants',
  'savesData',
  'mobileData',
  'slowConnection',
  'acceptTerms',
  'notKept',
  'kept',
  'cancelHint',
  'tip',
  'shortTip',
  'fileFromDevice',
  'fileWaiting',
  'technicalDetails',
  'showDetails',
  'hideDetails',
  'files',
  'minimise',
  'background',
  'download',
  'loadFromDevice',
  'notNow',
  'pause',
  'resume',
  'cancel',
  'close',
  'retry',
  'restart',
  'startAgain',
  'chooseModel',
  'started',
  'separator',
];

const withValue = <T>(keys: readonly string[], value: T): [string, T][] => keys.map((key) => [key, value]);

/**
 * Every text, empty. The type of each is known with the first element, so that texts of a page can be checked; the English
 * texts are loaded with the views, and nothing is drawn before.
 */
export const NO_TEXTS = Object.fromEntries<unknown>([
  ...withValue(FUNCTIONS, () => ''),
  ...withValue(STRINGS, ''),
  ['status', Object.fromEntries(withValue(DOWNLOAD_STATUSES, ''))],
  ['failure', Object.fromEntries(withValue(Object.keys(FAILURE_CODES), { title: '', advice: '', lastAdvice: '' }))],
]) as unknown as Texts;
