import { classifyFailure, DownloadFailure, type DownloadState, type FailureCode } from '../core/index.js';

/** A failure as it crosses from a worker to the page: errors lose their own fields when they are cloned. */
export interface PackedFailure {
  readonly code: FailureCode;
  readonly message: string;
  readonly httpStatus: number | undefined;
  /** Of what was thrown, such as `TypeError`. */
  readonly name: string;
}

/** @param state The download's state, whose word on a failure counts more than what was thrown in the end. */
export function packFailure(cause: unknown, state?: DownloadState): PackedFailure {
  const failure = classifyFailure(cause);
  const { name = 'Error' } = (failure.cause ?? cause ?? {}) as { name?: unknown };
  const { failureCode: code = failure.code, error: message = failure.message } = state?.status === 'failed' ? state : {};
  return { code, message, httpStatus: failure.httpStatus, name: String(name) };
}

/** The failure with an error of the same name and message as its cause. */
export function unpackFailure({ code, message, httpStatus, name }: PackedFailure): DownloadFailure {
  return new DownloadFailure(code, message, { httpStatus, cause: Object.assign(new Error(message), { name }) });
}
