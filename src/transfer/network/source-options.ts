import type { ResponseWaitOptions } from './await-response.js';
import type { PauseGate } from './pause-gate.js';

/** Settings of a `ReconnectingSource`. */
export interface ReconnectingSourceOptions extends ResponseWaitOptions {
  /** Closed while the download is paused: then no connection opens. */
  readonly gate: PauseGate;
  /** Once it has aborted, no connection opens. */
  readonly signal: AbortSignal;
  /** Whether the download would continue after a failure; with `true`, whether it would without the user. */
  readonly canRecover: (isAlone?: boolean) => boolean;
  /** Whether a WebAssembly response is always returned to the caller at once, while a copy of it is read. Default `false`. */
  readonly isCopied?: boolean | undefined;
  /** Whether a WebAssembly response may be returned to the caller unchanged. Default `true`. */
  readonly mayPassOn?: boolean | undefined;
}
