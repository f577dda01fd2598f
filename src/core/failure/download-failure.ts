/**
 * The kind of a failure.
 *
 * - `offline`: the device has no connection.
 * - `network`: the connection broke or could not be made.
 * - `timeout`: no response, or no next byte, in time; also 408.
 * - `http`: the server responded with an error status that has no code of its own, such as 503.
 * - `unauthorized`: 401 or 403.
 * - `blocked`: the page's Content-Security-Policy does not allow a connection, a script or WebAssembly. For a connection and a
 *   script, the message names the host and the directive.
 * - `not-found`: 404 or 410, or another status with which Hugging Face's hub reports that the file is missing.
 * - `rate-limited`: 429.
 * - `changed`: the file on the server has changed since its download began, or nothing shows that it has not.
 * - `corrupt`: the received bytes are not those of the model.
 * - `quota`: no room on this device.
 * - `runtime`: the runtime cannot start, or cannot start the model, for example for lack of memory.
 * - `aborted`: the user or the page stopped it.
 * - `unknown`: none of these.
 */
export type FailureCode =
  | 'offline'
  | 'network'
  | 'timeout'
  | 'http'
  | 'unauthorized'
  | 'blocked'
  | 'not-found'
  | 'rate-limited'
  | 'changed'
  | 'corrupt'
  | 'quota'
  | 'runtime'
  | 'aborted'
  | 'unknown';

/** Options of a {@link DownloadFailure}. */
export interface DownloadFailureOptions {
  /** The error that was thrown. */
  readonly cause?: unknown;
  /** The HTTP status; `undefined` if none was received. */
  readonly httpStatus?: number | undefined;
  /** Milliseconds to wait before the next request, as the server requires; `undefined` if it does not. */
  readonly retryAfter?: number | undefined;
}

/** The error of a failed load: a code for programs, and the technical message. */
export class DownloadFailure extends Error {
  /** Identifies the class across realms, where `instanceof` does not work. */
  override readonly name = 'DownloadFailure';
  /** The kind of the failure. */
  readonly code: FailureCode;
  /** The HTTP status; `undefined` if none was received. */
  readonly httpStatus: number | undefined;
  /** Milliseconds to wait before the next request, as the server requires; `undefined` if it does not. */
  readonly retryAfter: number | undefined;

  constructor(code: FailureCode, message: string, { cause, httpStatus, retryAfter }: DownloadFailureOptions = {}) {
    super(message, { cause });
    this.code = code;
    this.httpStatus = httpStatus;
    this.retryAfter = retryAfter;
  }
}
