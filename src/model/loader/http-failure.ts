import { DownloadFailure, type FailureCode } from '../../core/index.js';
import { codeOfStatus } from '../../core/internal.js';

/** The failure code of an error response, by its status and the header in which a model hub sends the reason. */
export function failureCodeOf({ status, headers }: Response): FailureCode {
  return codeOfStatus(status, headers.get('X-Error-Code'));
}

/** Creates the failure of a load from the error response for one of its files. */
export function httpFailure(response: Response, url: string): DownloadFailure {
  const { status: httpStatus } = response;
  return new DownloadFailure(failureCodeOf(response), `HTTP ${httpStatus}: ${url}`, { httpStatus });
}
