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
  const directory = await openFiles();
  try {
    await useFile(directory, name, (handle) => {
      if (handle.write(bytes) < bytes.length) throw new DOMException('The file was not written to its end', 'QuotaExceededError');
    });
    return await hashAtOnce('sha256', bytes);
  } catch (error) {
    await directory.removeEntry(name).catch(() => undefined);
    throw error;
  }
}

/**
 * Gives a new file a size, and deletes it, in a worker. No byte is written, but the browser compares the size with the room of the origin.
 * Chromium requests more than the size from its quota: up to the next power of two, or the next multiple of 128 MiB.
 *
 * @param size Bytes.
 * @throws As {@link writeFile}.
 */
export async function tryFile(name: string, size: number): Promise<void> {
  const directory = await openFiles();
  try {
    await useFile(directory, name, (handle) => handle.truncate(size));
  } finally {
    await directory.removeEntry(name).catch(() => undefined);
  }
}

async function openFiles(): Promise<FileSystemDirectoryHandle> {
  const directory = await openDirectory({ create: true });
  if (!directory) throw new DOMException('There is no file system, or it refuses or hangs', 'NotSupportedError');
  return directory;
}

async function useFile(
  directory: FileSystemDirectoryHandle,
  name: string,
  use: (handle: FileSystemSyncAccessHandle) => void,
): Promise<void> {
  const file = await directory.getFileHandle(name, { create: true });
  const handle = await file.createSyncAccessHandle();
  try {
    use(handle);
  } finally {
    handle.close();
  }
}
