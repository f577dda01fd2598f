/**
 * Why a load broke.
 *
 * - `offline`: the device has no connection.
 * - `network`: the connection broke or could not be made.
 * - `timeout`: no answer in time.
 * - `http`: the server answered with another error, such as 503.
 * - `unauthorized`: 401 or 403.
 * - `blocked`: the page's Content-Security-Policy does not allow the connection; the message says which directive and host.
 * - `not-found`: 404.
 * - `rate-limited`: 429.
 * - `changed`: the file on the server is not the one that was begun.
 * - `corrupt`: the bytes are not those of the model.
 * - `quota`: no room on this device.
 * - `runtime`: the bytes came, and the runtime could not start the model.
 * - `aborted`: somebody stopped it.
 * - `unknown`: none of these can be told.
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

/** What is known of a failure beside its code. */
export interface DownloadFailureOptions {
  /** What was thrown. */
  readonly cause?: unknown;
  /** HTTP status; `undefined` where none was read. */
  readonly httpStatus?: number | undefined;
  /** Milliseconds that the server asks to wait; `undefined` where it does not. */
  readonly retryAfter?: number | undefined;
}

/** A failed load: its code for programs, its message for the person who looks behind the plain words. */
export class DownloadFailure extends Error {
  /** Tells it from other errors where classes cannot be compared, as across realms. */
  override readonly name = 'DownloadFailure';
  /** Why the load broke. */
  readonly code: FailureCode;
  /** HTTP status; `undefined` where none was read. */
  readonly httpStatus: number | undefined;
  /** Milliseconds that the server asks to wait; `undefined` where it does not. */
  readonly retryAfter: number | undefined;

  constructor(code: FailureCode, message: string, { cause, httpStatus, retryAfter }: DownloadFailureOptions = {}) {
    super(message, { cause });
    this.code = code;
    this.httpStatus = httpStatus;
    this.retryAfter = retryAfter;
  }
}
