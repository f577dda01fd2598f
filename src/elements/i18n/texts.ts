import type { StorageTexts } from '../model-storage/storage-texts.js';
import type { DownloadStatus, FailureCode } from '../../core/index.js';

/** The texts of a failure. */
export interface FailureTexts {
  /** The reason, as a heading. */
  readonly title: string;
  /** What the user can do while another attempt is possible. */
  readonly advice: string;
  /** What the user can do when no further attempt is possible. */
  readonly lastAdvice: string;
}

/** A number of things, for a text that depends on its plural form. */
export interface Count {
  /** The number of things, such as attempts. */
  readonly number: number;
  /** The number, formatted in the language. */
  readonly text: string;
  /** The plural form of the number, by `Intl.PluralRules`. */
  readonly plural: Intl.LDMLPluralRule;
}

/**
 * All texts of the elements in one language.
 *
 * Numbers with a unit are passed as formatted texts, numbers of things as a {@link Count}.
 */
export interface Texts {
  /** The status of a download. */
  readonly status: Readonly<Record<DownloadStatus, string>>;
  /** The texts of a failure, by its code. */
  readonly failure: Readonly<Record<FailureCode, FailureTexts>>;
  /** Replaces the status `preparing` after 30 s. */
  readonly slowStart: string;
  /** Replaces the status `paused` if an earlier visit started the download. */
  readonly unfinished: string;
  /** Replaces the status `downloading` while the files are read from this device. */
  readonly fromDevice: string;
  /** The name of an unknown model. */
  readonly unknownModel: string;
  /** The name of several downloads that one row shows. */
  readonly severalModels: (models: Count) => string;
  /** The status of a dialog without a download. */
  readonly noDownload: string;
  /** The download waits until the device is online. */
  readonly waitingForConnection: string;
  /** The next attempt starts automatically after `duration`. */
  readonly retryIn: (duration: string) => string;
  /** The next attempt starts now. */
  readonly retryNow: string;
  /** Another attempt has started: the number of the retry, and the number of retries. */
  readonly startingAgain: (attempt: Count, attempts: Count) => string;
  /** The number of the retry, and the number of retries. */
  readonly attempt: (attempt: Count, attempts: Count) => string;
  /** The downloaded and the total bytes. */
  readonly amount: (bytes: string, total: string) => string;
  /** The downloaded bytes, while the total is unknown. */
  readonly amountSoFar: (bytes: string) => string;
  /** The time left. */
  readonly timeLeft: (duration: string) => string;
  /** A time left that is too short for a number. */
  readonly fewSeconds: string;
  /** Before the start: the size is unknown. */
  readonly sizeUnknown: string;
  /** Before the start: the bytes to download. */
  readonly downloadSize: (size: string) => string;
  /** Before the start: the model is on this device. */
  readonly onDevice: string;
  /** Before the start: the model is not on this device. */
  readonly notOnDevice: string;
  /** Before the start: the bytes that are on this device. After a reload, the bytes of the total: "41 MB of 99 MB". */
  readonly partlyOnDevice: (size: string) => string;
  /** Before the start: the runtime's file is not part of the size. */
  readonly excludesRuntime: string;
  /** Before the start: the device has enough space. */
  readonly fits: string;
  /** Before the start: the device may not have enough space. */
  readonly doesNotFit: string;
  /** The heading above the variants of a model. */
  readonly variants: string;
  /** Before the start: the user has switched on a mode of the browser that saves data. */
  readonly savesData: string;
  /** Before the start: the connection is a mobile one, which may be metered. */
  readonly mobileData: string;
  /** Before the start: the connection is slow. */
  readonly slowConnection: string;
  /** Before the start: how long the download takes at the speed of the last download on this device. */
  readonly timeAtLastSpeed: (duration: string) => string;
  /** Shown and announced when the user starts a download whose terms are not accepted. */
  readonly acceptTerms: string;
  /** The disk is full: the model is not kept for the next visit. */
  readonly notKept: string;
  /** After a cancel: the downloaded part is kept for the next attempt. */
  readonly kept: string;
  /** A cancel cannot stop requests of the runtime. */
  readonly cancelHint: string;
  /** The tip in the dialog: what the user can do during the download. */
  readonly tip: string;
  /** The tip in a row. */
  readonly shortTip: string;
  /** The number of complete files, and the number of files. */
  readonly filesDone: (done: Count, files: Count) => string;
  /** The amount of a file that is read from this device. */
  readonly fileFromDevice: string;
  /** The amount of a file of unknown size that has not started. */
  readonly fileWaiting: string;
  /** No further attempt is possible; `advice` is what the user can do. */
  readonly finalFailure: (advice: string) => string;
  /** The label of the technical message. */
  readonly technicalDetails: string;
  /** The button that shows the files. */
  readonly showDetails: string;
  /** The button that hides the files. */
  readonly hideDetails: string;
  /** The name of the list of files. */
  readonly files: string;
  /** The button that minimises the dialog. */
  readonly minimise: string;
  /** The button that closes the dialog while the download continues. */
  readonly background: string;
  /** The button that starts the download. */
  readonly download: string;
  /** The button that starts a model that is on this device. */
  readonly loadFromDevice: string;
  /** The button that closes the dialog before the start. */
  readonly notNow: string;
  /** The button that pauses the download. */
  readonly pause: string;
  /** The button that resumes the download. */
  readonly resume: string;
  /** The button that cancels the download. */
  readonly cancel: string;
  /** The button that closes the dialog. */
  readonly close: string;
  /** The button that starts another attempt with the stored bytes. */
  readonly retry: string;
  /** The button that deletes the stored bytes and starts over. */
  readonly restart: string;
  /** The button that starts the download again after a cancel. */
  readonly startAgain: string;
  /** The button that requests a different model. */
  readonly chooseModel: string;
  /** The button that opens the dialog of a model. */
  readonly open: (name: string) => string;
  /** A screen reader's announcement: the name of the model, and the text about it. */
  readonly announcement: (name: string, text: string) => string;
  /** Announced when a load starts. */
  readonly started: string;
  /** The separator between the parts of a list. */
  readonly separator: string;
}

/** The texts of all tags. */
export interface AllTexts extends Texts {
  /** The texts of `<model-storage>`. */
  readonly storage: StorageTexts;
}

/** Some of the texts, at any depth. The others keep their value. */
export type PartialTexts<T = AllTexts> = {
  readonly [Key in keyof T]?: T[Key] extends string | ((...args: never) => string) ? T[Key] : PartialTexts<T[Key]>;
};
