import type { Clock } from './time/clock.js';
import { requestPort } from './time/request-port.js';

/** The beginning of the names of the files that are tried. */
const NAME = 'model-download-room-';

/**
 * Resolves with whether the origin has room for `bytes` more; `undefined` if that is unknown, as without an origin private file system.
 * Never rejects.
 *
 * A new file gets that size, which the browser compares with the quota of the origin. No byte is written, and the file is deleted. The
 * report of the browser would not suffice: Chromium reports 10 GiB of room or more, whatever is free, so that it does not reveal the mode
 * of a private window (https://chromestatus.com/feature/4977371751645184).
 */
export function tryRoom(bytes: number, clock: Clock): Promise<boolean | undefined> {
  return requestPort(
    () => (globalThis as { navigator?: WorkerNavigator }).navigator?.storage,
    async (storage) => {
      const root = await storage.getDirectory();
      const name = NAME + crypto.randomUUID();
      const file = await root.getFileHandle(name, { create: true });
      try {
        return await acceptsSize(file, bytes);
      } finally {
        await root.removeEntry(name).catch(() => undefined);
      }
    },
    clock,
  );
}

async function acceptsSize(file: FileSystemFileHandle, bytes: number): Promise<boolean> {
  const writable = await file.createWritable();
  try {
    await writable.truncate(bytes);
    return true;
  } catch (cause) {
    if ((cause as Partial<Error>).name === 'QuotaExceededError') return false;
    throw cause;
  } finally {
    await writable.abort().catch(() => undefined);
  }
}
