import { systemClock, type Clock } from '../../core/index.js';
import { contentLengthOf, epochNow, withTimeLimit } from '../../core/internal.js';
import { lockName, platformLock } from '../sharing/file-lock.js';
import { addressOf } from './download-key.js';
import type { PartialFile, PartialStore } from './partial-store.js';

/** How long an incomplete file is stored for the next visit, in ms: a week. */
const LIFE = 7 * 24 * 3_600_000;

/** How long the caller's own cache may take to respond, in ms: a load waits for it. */
const LIMIT = 1_000;

/** Settings of {@link sweep}. */
export interface SweepOptions {
  /** The store of the incomplete files. */
  readonly store: Pick<PartialStore, 'list' | 'delete'>;
  /** Reads a whole file, by its address, from the caller's own storage; `undefined` if it is not there. */
  readonly readWhole: (url: string) => Promise<Response | undefined>;
  /** Separates several apps on one origin. Default: none. */
  readonly namespace?: string | undefined;
  /** Default: the platform's clock. */
  readonly clock?: Clock | undefined;
}

/**
 * Deletes the stored bytes of files that the caller has stored as a whole, and of those that were not continued for a week.
 * Files that any tab is reading or downloading stay. It never rejects: files that cannot be checked stay, too.
 */
export async function sweep({ store, readWhole, namespace = '', clock = systemClock }: SweepOptions): Promise<void> {
  const now = epochNow(clock);
  const lock = platformLock(clock);
  const stored = await store.list().catch(() => []);
  await Promise.all(stored.map((file) => dropIfDue(file).catch(() => undefined)));

  // A response that may be compressed has no reliable length, so its file has no total. All of its bytes may be stored nevertheless.
  async function dropIfDue({ url, keptAt, length, total = length }: PartialFile): Promise<void> {
    if (now - keptAt <= LIFE) {
      const whole = await withTimeLimit(readWhole(addressOf(url)), LIMIT, clock);
      if (contentLengthOf(whole) !== total) return;
    }
    const release = await lock.tryAcquire(lockName(namespace, url));
    if (release) await store.delete(url).finally(release);
  }
}
