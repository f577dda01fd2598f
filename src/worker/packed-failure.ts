import { classifyFailure, DownloadFailure, type FailureCode } from '../core/index.js';

/** A failure as it crosses from a worker to the page: errors lose their own fields when they are cloned. */
export interface PackedFailure {
  readonly code: FailureCode;
  readonly message: string;
  readonly httpStatus: number | undefined;
  readonly retryAfter: number | undefined;
  /** What was thrown, such as a `TypeError`; `undefined` where that was the failure itself. */
  readonly cause: { readonly name: string; readonly message: string } | undefined;
}

/** Whatever was thrown, as something that can be cloned. */
export function packFailure(thrown: unknown): PackedFailure {
  const { code, message, httpStatus, retryAfter, cause } = classifyFailure(thrown);
  return { code, message, httpStatus, retryAfter, cause: cause === undefined ? undefined : packCause(cause) };
}

/** The failure, with an error of the same name and message as its cause. */
export function unpackFailure({ code, message, httpStatus, retryAfter, cause }: PackedFailure): DownloadFailure {
  const error = cause && Object.assign(new Error(cause.message), { name: cause.name });
  return new DownloadFailure(code, message, { httpStatus, retryAfter, cause: error });
}

function packCause(cause: unknown): { name: string; message: string } {
  if (typeof cause !== 'object' || cause === null) return { name: 'Error', message: String(cause) };
  const { name = 'Error', message = '' } = cause as { name?: unknown; message?: unknown };
  return { name: String(name), message: String(message) };
}
