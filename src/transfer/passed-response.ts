import { DownloadFailure } from '../core/index.js';
import { isTransientStatus } from '../core/internal.js';
import { ResponseFailure } from './network/connection.js';

/**
 * Returns the error response that the caller handles; `undefined` if the download is to recover from the failure.
 *
 * @param cause The error of a connection.
 * @param isOptional Whether the caller continues without the file.
 */
export function passedResponse(cause: unknown, isOptional: boolean): Response | undefined {
  if (cause instanceof ResponseFailure && (isOptional || !isTransientStatus(cause.response.status))) return cause.response;
  // A server that responds to every address with a page does not have the file.
  const isPage = isOptional && cause instanceof DownloadFailure && cause.code === 'corrupt';
  return isPage ? new Response(null, { status: 404, statusText: 'Not Found' }) : undefined;
}
