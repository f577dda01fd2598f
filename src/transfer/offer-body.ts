import type { FileDownloadContext } from './file-download-context.js';
import { addSpare, reserveRoom } from './store/room.js';
import type { PartialBody } from './store/partial-body.js';

/** A body that was read to its end. */
export interface FinishedBody {
  readonly url: string;
  /** The name of the file in the store. */
  readonly key: string;
  /** Bytes of the body; `undefined` if no response has declared them. */
  readonly length: number | undefined;
  readonly partial: PartialBody;
}

/** Offers a complete body to the caller, and resolves when its stored bytes are not needed any more. Never rejects. */
export async function offerBody({ onComplete }: FileDownloadContext, { url, key, length, partial }: FinishedBody): Promise<void> {
  // A response to headers of the request may be for that caller alone.
  if (length === undefined || key !== url) return;
  try {
    const storing = onComplete?.(url, {
      length,
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
