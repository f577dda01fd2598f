import { classifyFailure, DownloadFailure, type FailureCode } from '../core/index.js';
import { isRecord } from '../core/internal.js';

/** A cloneable failure: errors lose their own properties when they are cloned. */
export interface PackedFailure {
  readonly code: FailureCode;
  readonly message: string;
  readonly httpStatus: number | undefined;
  readonly retryAfter: number | undefined;
  /** The thrown error, such as a `TypeError`; `undefined` if that was the failure itself. */
  readonly cause: { readonly name: string; readonly message: string } | undefined;
}

/** Converts any thrown value to a cloneable failure. */
export function packFailure(thrown: unknown): PackedFailure {
  const { code, message, httpStatus, retryAfter, cause } = classifyFailure(thrown);
  return { code, message, httpStatus, retryAfter, cause: cause === undefined ? undefined : packCause(cause) };
}

/** Restores a failure; its cause is an `Error` with the original name and message. */
export function unpackFailure({ code, message, httpStatus, retryAfter, cause }: PackedFailure): DownloadFailure {
  const error = cause && Object.assign(new Error(cause.message), { name: cause.name });
  return new DownloadFailure(code, message, { httpStatus, retryAfter, cause: error });
}

function packCause(cause: unknown): { name: string; message: string } {
  if (!isRecord(cause)) return { name: 'Error', message: String(cause) };
  const { name = 'Error', message = '' } = cause;
  return { name: String(name), message: String(message) };
}
