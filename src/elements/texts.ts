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

/** Every word the elements show, in one language. Figures arrive as finished texts. */
export interface Texts {
  readonly status: Readonly<Record<DownloadStatus, string>>;
  readonly failure: Readonly<Record<FailureCode, FailureTexts>>;
  readonly fromDevice: string;
  readonly unknownModel: string;
  readonly severalModels: (count: string) => string;
  readonly noDownload: string;
  readonly waitingForConnection: string;
  readonly retryIn: (duration: string) => string;
  readonly retryNow: string;
  readonly seconds: (seconds: string) => string;
  readonly startingAgain: (attempt: string, attempts: string) => string;
  readonly attempt: (attempt: string, attempts: string) => string;
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
  readonly filesDone: (done: string, total: string) => string;
  readonly fileFromDevice: string;
  readonly fileWaiting: string;
  readonly finalFailure: string;
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
}

/** The words in English. */
export const english: Texts = {
  status: {
    idle: 'Not started yet',
    queued: 'Waiting for its turn',
    checking: 'Checking…',
    downloading: 'Downloading',
    paused: 'Paused',
    stalled: 'No data is coming',
    waiting: 'Waiting to try again',
    preparing: 'Preparing…',
    completed: 'Ready to use',
    failed: 'Download failed',
    cancelled: 'Cancelled',
  },
  failure: {
    offline: {
      title: 'You are offline',
      advice: 'Connect to the internet to go on.',
      lastAdvice: 'Come back later, or use a different model.',
    },
    network: {
      title: 'The connection broke',
      advice: 'Check your connection, then try again.',
      lastAdvice: 'Come back later, or use a different model.',
    },
    timeout: {
      title: 'The server did not answer in time',
      advice: 'It may be busy, or your connection slow. Try again in a moment.',
      lastAdvice: 'Come back later, or use a different model.',
    },
    http: {
      title: 'The server has a problem',
      advice: 'This is usually over soon. Try again in a moment.',
      lastAdvice: 'Come back later, or use a different model.',
    },
    unauthorized: {
      title: 'This model needs permission',
      advice: 'The server refused to send it. A different model may work.',
      lastAdvice: 'The server refused to send it. A different model may work.',
    },
    'not-found': {
      title: 'The model was not found',
      advice: 'It may have been moved or removed. A different model may work.',
      lastAdvice: 'It may have been moved or removed. A different model may work.',
    },
    'rate-limited': {
      title: 'The server asks to slow down',
      advice: 'Too many requests were made. Wait a little, then try again.',
      lastAdvice: 'Come back later, or use a different model.',
    },
    changed: {
      title: 'The model changed during the download',
      advice: 'A newer version was published. Start over to get it whole.',
      lastAdvice: 'Start over to get the newer version, or use a different model.',
    },
    corrupt: {
      title: 'The download was damaged',
      advice: 'What arrived is not what the server promised. Start over to get a clean copy.',
      lastAdvice: 'Start over to get a clean copy, or use a different model.',
    },
    quota: {
      title: 'This device is out of space',
      advice: 'Free some space, or use a smaller model.',
      lastAdvice: 'Free some space, or use a smaller model.',
    },
    runtime: {
      title: 'The model could not be started',
      advice: 'The download is complete. Reloading the page often helps.',
      lastAdvice: 'The download is complete. Reloading the page often helps.',
    },
    aborted: {
      title: 'The download was stopped',
      advice: 'You can start it again whenever you like.',
      lastAdvice: 'Use a different model, or reload the page.',
    },
    unknown: {
      title: 'The model could not be loaded',
      advice: 'Try again, or use a different model.',
      lastAdvice: 'Come back later, or use a different model.',
    },
  },
  fromDevice: 'Loading from this device',
  unknownModel: 'Model',
  severalModels: (count) => `${count} models`,
  noDownload: 'No download to show',
  waitingForConnection: 'Waiting for a connection',
  retryIn: (duration) => `Trying again in ${duration}`,
  retryNow: 'Trying again…',
  seconds: (seconds) => `${seconds} s`,
  startingAgain: (attempt, attempts) => `Starting again (attempt ${attempt} of ${attempts})`,
  attempt: (attempt, attempts) => `Attempt ${attempt} of ${attempts}`,
  amount: (bytes, total) => `${bytes} of ${total}`,
  amountSoFar: (bytes) => `${bytes} so far`,
  timeLeft: (duration) => `${duration} left`,
  fewSeconds: 'a few seconds',
  sizeUnknown: 'Size not known yet',
  downloadSize: (size) => `${size} to download`,
  onDevice: 'Already on this device',
  notOnDevice: 'Not on this device yet',
  fits: 'There is room for it',
  doesNotFit: 'There may not be enough room on this device',
  notKept: 'There is no room to keep it. It will have to be downloaded again next time.',
  kept: 'What has come is kept on this device. Starting again goes on from there.',
  cancelHint: 'After you cancel, the browser may finish files it has begun in the background.',
  tip: 'You can keep using this page while the model downloads.',
  shortTip: 'You can keep using this page',
  filesDone: (done, total) => `${done} of ${total} files`,
  fileFromDevice: 'From this device',
  fileWaiting: 'Waiting',
  finalFailure: 'There are no more attempts.',
  technicalDetails: 'Technical details',
  showDetails: 'Show details',
  hideDetails: 'Hide details',
  files: 'Files',
  minimise: 'Minimise',
  background: 'Continue in background',
  download: 'Download',
  loadFromDevice: 'Load',
  notNow: 'Not now',
  pause: 'Pause',
  resume: 'Resume',
  cancel: 'Cancel',
  close: 'Close',
  retry: 'Retry',
  restart: 'Start over',
  startAgain: 'Start again',
  chooseModel: 'Use a different model',
  open: (name) => `Show the download of ${name}`,
  announcement: (name, words) => `${name}: ${words}`,
  started: 'Loading has started',
};

/** The languages there are, by their primary subtag. */
export const catalogues: ReadonlyMap<string, Texts> = new Map([['en', english]]);
