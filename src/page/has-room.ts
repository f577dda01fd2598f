import { fitsOnDevice } from './browser-ports.js';

/**
 * Whether this device has space for a model; `undefined` if the model is on the device, or the space is unknown.
 *
 * @param size Bytes of its files; `undefined` while unknown.
 * @param cachedBytes The bytes that are on this device; `undefined` while unknown.
 * @param copies How many copies of each byte are on the disk during the download.
 */
export async function hasRoom(size: number | undefined, cachedBytes: number | undefined, copies: number): Promise<boolean | undefined> {
  const missing = size === undefined ? 0 : size - (cachedBytes ?? 0);
  return missing > 0 ? fitsOnDevice(missing * copies) : undefined;
}
