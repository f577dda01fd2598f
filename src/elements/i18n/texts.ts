import type { DownloadStatus, FailureCode } from '../../core/index.js';

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
  /** The number itself, to choose words by. */
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
  /** A download, by its status. */
  readonly status: Readonly<Record<DownloadStatus, string>>;
  /** What went wrong, by its code. */
  readonly failure: Readonly<Record<FailureCode, FailureTexts>>;
  /** In place of the status `preparing`, when that has lasted unusually long. */
  readonly slowStart: string;
  /** The bytes that come are read from this device. */
  readonly fromDevice: string;
  /** In place of a name that is unknown. */
  readonly unknownModel: string;
  /** In place of a name, where a row shows several downloads as one. */
  readonly severalModels: (models: Count) => string;
  /** There is nothing to show. */
  readonly noDownload: string;
  /** It waits until there is a connection. */
  readonly waitingForConnection: string;
  /** The next attempt begins by itself, in that time. */
  readonly retryIn: (duration: string) => string;
  /** The next attempt begins now. */
  readonly retryNow: string;
  /** Another attempt is being made; which one, of how many. */
  readonly startingAgain: (attempt: Count, attempts: Count) => string;
  /** Which attempt it is, of how many. */
  readonly attempt: (attempt: Count, attempts: Count) => string;
  /** Bytes so far, and in all. */
  readonly amount: (bytes: string, total: string) => string;
  /** Bytes so far, while the total is unknown. */
  readonly amountSoFar: (bytes: string) => string;
  /** The time left. */
  readonly timeLeft: (duration: string) => string;
  /** A time left too short for a number. */
  readonly fewSeconds: string;
  /** Before the start: its size is unknown. */
  readonly sizeUnknown: string;
  /** Before the start: how much there is to download. */
  readonly downloadSize: (size: string) => string;
  /** Before the start: the model is on this device. */
  readonly onDevice: string;
  /** Before the start: the model is not on this device. */
  readonly notOnDevice: string;
  /** How much of it is on this device. `size` has its unit. */
  readonly partlyOnDevice: (size: string) => string;
  /** The runtime's file comes on top of the size. */
  readonly excludesRuntime: string;
  /** Before the start: there is room for it. */
  readonly fits: string;
  /** Before the start: there may not be enough room. */
  readonly doesNotFit: string;
  /** The disk is full: it will not be here next time. */
  readonly notKept: string;
  /** After a cancel: the downloaded part will be here next time. */
  readonly kept: string;
  /** A cancel cannot stop everything. */
  readonly cancelHint: string;
  /** What the user may do meanwhile, in the dialog. */
  readonly tip: string;
  /** The same, in a row. */
  readonly shortTip: string;
  /** How many files are done, of how many. */
  readonly filesDone: (done: Count, files: Count) => string;
  /** A file that is read from this device. */
  readonly fileFromDevice: string;
  /** A file whose turn has not come, of unknown size. */
  readonly fileWaiting: string;
  /** That it is over, before the advice that is left. */
  readonly finalFailure: (advice: string) => string;
  /** What opens the technical message. */
  readonly technicalDetails: string;
  /** The button that shows the files. */
  readonly showDetails: string;
  /** The button that hides the files. */
  readonly hideDetails: string;
  /** The name of the list of files. */
  readonly files: string;
  /** The button that makes the dialog small. */
  readonly minimise: string;
  /** The button that closes the dialog and leaves the download running. */
  readonly background: string;
  /** The button that begins. */
  readonly download: string;
  /** The button that begins where nothing has to be downloaded. */
  readonly loadFromDevice: string;
  /** The button that closes before the start. */
  readonly notNow: string;
  /** The button that stops for now. */
  readonly pause: string;
  /** The button that goes on. */
  readonly resume: string;
  /** The button that ends the download. */
  readonly cancel: string;
  /** The button that closes the dialog. */
  readonly close: string;
  /** The button that tries again with the bytes that are held. */
  readonly retry: string;
  /** The button that begins from nothing. */
  readonly restart: string;
  /** The button that begins again after a cancel. */
  readonly startAgain: string;
  /** The button that asks for a different model. */
  readonly chooseModel: string;
  /** The button that opens the dialog, by the name of the model. */
  readonly open: (name: string) => string;
  /** What is read out of one of several downloads: its name, and the words about it. */
  readonly announcement: (name: string, words: string) => string;
  /** Read out when a load begins. */
  readonly started: string;
  /** What stands between the parts of a sentence that only lists. */
  readonly separator: string;
}

/** Some of the words, at any depth; the others stay as they are. */
export type PartialTexts<T = Texts> = {
  readonly [Key in keyof T]?: T[Key] extends string | ((...args: never) => string) ? T[Key] : PartialTexts<T[Key]>;
};
