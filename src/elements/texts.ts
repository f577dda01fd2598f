import type { DownloadStatus, FailureCode } from '../core/index.js';

/** What the plain words about a failure are made of. */
export interface FailureTexts {
  /** What happened, as a heading. */
  readonly title: string;
  /** What helps while there is another attempt. */
  readonly advice: string;
  /** What helps when there is none. */
  readonly lastAdvice: string;
}

/** A number on which the form of the words around it may depend. */
export interface Count {
  readonly number: number;
  /** The number as it is written in the language. */
  readonly text: string;
  /** Which of the language's plural forms goes with the number, by `Intl.PluralRules`. */
  readonly plural: Intl.LDMLPluralRule;
}

/**
 * Every word the elements show, in one language.
 *
 * Figures with a unit arrive as finished texts, numbers of things as a {@link Count}.
 */
export interface Texts {
  readonly status: Readonly<Record<DownloadStatus, string>>;
  readonly failure: Readonly<Record<FailureCode, FailureTexts>>;
  readonly fromDevice: string;
  readonly unknownModel: string;
  readonly severalModels: (models: Count) => string;
  readonly noDownload: string;
  readonly waitingForConnection: string;
  readonly retryIn: (duration: string) => string;
  readonly retryNow: string;
  readonly startingAgain: (attempt: Count, attempts: Count) => string;
  readonly attempt: (attempt: Count, attempts: Count) => string;
  readonly amount: (bytes: string, total: string) => string;
  readonly amountSoFar: (bytes: string) => string;
  readonly timeLeft: (duration: string) => string;
  readonly fewSeconds: string;
  readonly sizeUnknown: string;
  readonly downloadSize: (size: string) => string;
  readonly onDevice: string;
  readonly notOnDevice: string;
  readonly fits: string;
  readonly doesNotFit: string;
  readonly notKept: string;
  readonly kept: string;
  readonly cancelHint: string;
  readonly tip: string;
  readonly shortTip: string;
  readonly filesDone: (done: Count, files: Count) => string;
  readonly fileFromDevice: string;
  readonly fileWaiting: string;
  /** That it is over, before the advice that is left. */
  readonly finalFailure: (advice: string) => string;
  readonly technicalDetails: string;
  readonly showDetails: string;
  readonly hideDetails: string;
  readonly files: string;
  readonly minimise: string;
  readonly background: string;
  readonly download: string;
  readonly loadFromDevice: string;
  readonly notNow: string;
  readonly pause: string;
  readonly resume: string;
  readonly cancel: string;
  readonly close: string;
  readonly retry: string;
  readonly restart: string;
  readonly startAgain: string;
  readonly chooseModel: string;
  readonly open: (name: string) => string;
  readonly announcement: (name: string, words: string) => string;
  readonly started: string;
  /** What stands between the parts of a sentence that only lists. */
  readonly separator: string;
}

/** Some of the words, at any depth; the others stay as they are. */
export type PartialTexts<T = Texts> = {
  readonly [Key in keyof T]?: T[Key] extends string | ((...args: never) => string) ? T[Key] : PartialTexts<T[Key]>;
};
