import { systemClock } from '../core/index.js';
import { tryRoom } from '../core/internal.js';

/**
 * Whether this device has space for a model; `undefined` if the model is on the device, or if its size or the space is unknown.
 *
 * @param size Bytes of its files; `undefined` while unknown.
 * @param cachedBytes The bytes that are on this device; `undefined` while unknown.
 * @param hasTransfer Whether the transfer layer downloads the files: then each byte is on the disk twice during the download,
 *   in a segment and in the runtime's copy of the file.
 */
export async function hasRoom(
  size: number | undefined,
  cachedBytes: number | undefined,
  hasTransfer: boolean,
): Promise<boolean | undefined> {
  const missing = size === undefined ? 0 : size - (cachedBytes ?? 0);
  return missing > 0 ? fitsOnDevice(missing * (hasTransfer ? 2 : 1)) : undefined;
}

/** Whether this device has space for `bytes` more; `undefined` if the browser neither reports it nor has a file system to try it. */
async function fitsOnDevice(bytes: number): Promise<boolean | undefined> {
  try {
    const { quota, usage } = await navigator.storage.estimate();
    const isReported = quota === undefined || usage === undefined ? undefined : quota - usage >= bytes;
    return isReported === false ? false : ((await tryRoom(bytes, systemClock)) ?? isReported);
  } catch {
    return undefined;
  }
}
