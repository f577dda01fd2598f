import { systemClock, type Clock } from '../../core/index.js';
import { requestPort, withTimeLimit } from '../../core/internal.js';
import { randomWord } from '../random-word.js';
import { openDirectory } from './open-directory.js';

/** How long the trial of a file may take, in ms: the end of a download waits for it. */
const LIMIT = 1_000;

/** How long after a refused deletion of that file the next one follows, in ms. */
const DELETE_AGAIN_AFTER = 1_000;

/**
 * Resolves with whether the origin has room for `bytes` more; `undefined` if neither the report of the browser nor a trial shows it within
 * a second. Never rejects.
 *
 * The report alone would not suffice: Chromium reports 10 GiB of room or more, whatever is free, so that it does not reveal the mode of
 * a private window (https://chromestatus.com/feature/4977371751645184).
 */
export async function findRoom(bytes: number, clock: Clock = systemClock): Promise<boolean | undefined> {
  const trial = withTimeLimit(tryRoom(bytes, clock), LIMIT, clock).catch(() => undefined);
  const [reported, tried] = await Promise.all([readReport(bytes, clock), trial]);
  return reported === false ? false : (tried ?? reported);
}

function readReport(bytes: number, clock: Clock): Promise<boolean | undefined> {
  return requestPort(
    () => (globalThis as { navigator?: WorkerNavigator }).navigator?.storage,
    async (storage) => {
      const { quota, usage } = await storage.estimate();
      return quota === undefined || usage === undefined ? undefined : quota - usage >= bytes;
    },
    clock,
  );
}

/** Gives a new file that size, which the browser compares with the quota of the origin. No byte is written, and the file is deleted. */
async function tryRoom(bytes: number, clock: Clock): Promise<boolean | undefined> {
  const directory = await openDirectory({ create: true });
  if (!directory) return undefined;
  const name = randomWord();
  const file = await directory.getFileHandle(name, { create: true });
  try {
    return await acceptsSize(file, bytes);
  } finally {
    const remove = (): Promise<void> => directory.removeEntry(name);
    // A busy browser may still have the file open.
    await remove().catch(() => clock.setTimeout(() => void remove().catch(() => undefined), DELETE_AGAIN_AFTER));
  }
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
