import { findRoom } from '../transfer/internal.js';

/**
 * Whether this device has space for a model; `undefined` if the model is on the device, or if its size or the space is unknown.
 *
 * @param size Bytes of its files; `undefined` while unknown.
 * @param cachedBytes The bytes that are on this device; `undefined` while unknown.
 */
export async function hasRoom(size: number | undefined, cachedBytes: number | undefined): Promise<boolean | undefined> {
  const missing = size === undefined ? 0 : size - (cachedBytes ?? 0);
  return missing > 0 ? findRoom(missing) : undefined;
}
