import { fitsOnDevice } from './browser-ports.js';

/**
 * Whether there is room for a model; `undefined` where it is here already, or that cannot be known.
 *
 * @param size Bytes of its files; `undefined` while unknown.
 * @param cachedBytes How many of them are here already; `undefined` while unknown.
 * @param copies How often a byte of it is on the disk while it comes.
 */
export async function hasRoom(size: number | undefined, cachedBytes: number | undefined, copies: number): Promise<boolean | undefined> {
  const missing = size === undefined ? 0 : size - (cachedBytes ?? 0);
  return missing > 0 ? fitsOnDevice(missing * copies) : undefined;
}
