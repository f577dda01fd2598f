import type { FileBody } from './file-body.js';
import type { FileDownloadContext, FileDownloadOwner } from './file-download-context.js';
import type { DownloadRequest } from './download-request.js';
import { ReconnectingSource } from './network/reconnecting-source.js';
import { StallLimit } from './network/stall-limit.js';

/** The download that reads from a source. */
export interface SourceOwner extends Omit<FileDownloadOwner, 'listener'> {
  /** Once it has aborted, no connection opens. */
  readonly signal: AbortSignal;
  /** Returns the body; `undefined` before it is created. */
  readonly body: () => FileBody | undefined;
}

/** Creates the source of one download. */
export function createSource(
  request: DownloadRequest,
  { clock, gate, stallTimeout, canRecover: mayRecover }: FileDownloadContext,
  { signal, signals, isEarly, isRepeated, body }: SourceOwner,
): ReconnectingSource {
  // An early request that gets no response is not repeated.
  const canRecover = (isAlone = false): boolean => mayRecover(isAlone) && !(isEarly && body()?.isBegun !== true);
  const stall = new StallLimit(stallTimeout, { canRecover, isResumable: () => body()?.isResumable !== false });
  // Without `isRepeated`, the reader of an early request reads the bytes as data: the browser stores no compiled code for them.
  const mayPassOn = !isEarly || isRepeated === true;
  return new ReconnectingSource({ request, clock, gate, stall, signal, signals, canRecover, isCopied: isRepeated, mayPassOn });
}
