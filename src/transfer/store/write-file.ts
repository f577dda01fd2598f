import { hashAtOnce } from '../integrity/hash-at-once.js';
import type { Chunk } from '../network/chunk.js';
import { openDirectory } from './open-directory.js';

/**
 * Writes a file of the origin private file system, in a worker: only workers have synchronous handles. The bytes need not be on the disk
 * when it resolves. A reader compares the hash, which shows what a loss of power has damaged.
 *
 * @returns The SHA-256 of the bytes, as hexadecimal digits.
 * @throws QuotaExceededError if there is no room, and another `DOMException` if the platform refuses, as in some private windows.
 */
export async function writeFile(name: string, bytes: Chunk): Promise<string> {
  const directory = await openDirectory({ create: true });
  if (!directory) throw new DOMException('There is no file system, or it refuses or hangs', 'NotSupportedError');
  const file = await directory.getFileHandle(name, { create: true });
  try {
    const handle = await file.createSyncAccessHandle();
    try {
      if (handle.write(bytes) < bytes.length) throw new DOMException('The file was not written to its end', 'QuotaExceededError');
    } finally {
      handle.close();
    }
    return await hashAtOnce('sha256', bytes);
  } catch (error) {
    await directory.removeEntry(name).catch(() => undefined);
    throw error;
  }
}
