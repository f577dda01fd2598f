/**
 * The kind of a failure.
 *
 * - `offline`: the device has no connection.
 * - `network`: the connection broke or could not be made.
 * - `timeout`: no response in time.
 * - `http`: the server responded with another error, such as 503.
 * - `unauthorized`: 401 or 403.
 * - `blocked`: the page's Content-Security-Policy does not allow the connection; the message says which directive and host.
 * - `not-found`: 404.
 * - `rate-limited`: 429.
 * - `changed`: the file on the server has changed since its download began.
 * - `corrupt`: the received bytes are not those of the model.
 * - `quota`: no room on this device.
 * - `runtime`: the bytes have arrived, and the runtime cannot start the model.
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
