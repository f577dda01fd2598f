import { contentLengthOf } from '../core/internal.js';
import type { FileDownloadContext } from './file-download-context.js';
import { addSpare, reserveRoom } from './store/room.js';
import type { PartialBody } from './store/partial-body.js';

/** A body that was read to its end. */
export interface FinishedBody {
  readonly url: string;
  /** The name of the file in the store. */
  readonly key: string;
  /** The headers of the response that the reader has received; `undefined` before there is one. */
  readonly headers: Headers | undefined;
  readonly partial: PartialBody;
}

/** Offers a complete body to the caller, and resolves when its stored bytes are not needed any more. Never rejects. */
export async function offerBody({ onComplete }: FileDownloadContext, { url, key, headers, partial }: FinishedBody): Promise<void> {
  const length = headers && contentLengthOf({ headers });
  // A response to headers of the request may be for that caller alone.
  if (!headers || length === undefined || key !== url) return;
  try {
    const storing = onComplete?.(url, {
      length,
      headers,
      blob: () => partial.blob(length),
      isStored: () => partial.isStored(length),
      allowDeletion: () => addSpare(partial),
      delete: () => partial.delete(),
    });
    // The caller stores its own bytes.
    if (onComplete && !storing) addSpare(partial);
    await reserveRoom(length, storing);
  } catch {
    // The caller has not stored the body.
  }
}
