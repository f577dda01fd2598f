import { systemClock, type Clock } from '../../core/index.js';
import { epochNow, withTimeLimit } from '../../core/internal.js';
import { lockName, platformLock } from '../sharing/file-lock.js';
import type { PartialFile, PartialStore } from './partial-store.js';

/** How long an unfinished file is kept for the next visit, in ms: a week. */
const LIFE = 7 * 24 * 3_600_000;

/** How long the caller's own cache may take to answer, in ms: a load waits for it. */
const LIMIT = 1_000;

/** What {@link sweep} looks at. */
export interface SweepOptions {
  /** Where unfinished files are held. */
  readonly store: Pick<PartialStore, 'list' | 'delete'>;
  /** The whole file where the caller keeps it, by its address; `undefined` when it is not there. */
  readonly readWhole: (url: string) => Promise<Response | undefined>;
  /** Keeps several apps on one origin apart. Default: none. */
  readonly namespace?: string | undefined;
  /** Default: the platform's clock. */
  readonly clock?: Clock | undefined;
}

/**
 * Drops what is held of files that the caller keeps whole, and of those that were not continued
 * for a week. A file that is read or downloaded at the moment, in any tab, is left alone. It never
 * rejects: what cannot be looked at stays.
 */
export async function sweep({ store, readWhole, namespace = '', clock = systemClock }: SweepOptions): Promise<void> {
  const now = epochNow(clock);
  const lock = platformLock(clock);
  const held = await store.list().catch(() => []);
  await Promise.all(held.map((file) => dropIfDue(file).catch(() => undefined)));

  async function dropIfDue({ url, keptAt, total }: PartialFile): Promise<void> {
    if (now - keptAt <= LIFE) {
      const whole = await withTimeLimit(readWhole(addressOf(url)), LIMIT, clock);
      if (total === undefined || lengthOf(whole) !== total) return;
    }
    const release = await lock.tryAcquire(lockName(namespace, url));
    if (release) await store.delete(url).finally(release);
  }
}

/** The address of a file that a store may know by more than that. */
function addressOf(url: string): string {
  return url.replace(/#.*$/s, '');
}

/** `undefined` where there is no answer, or none that says how long it is. */
function lengthOf(response: Response | undefined): number | undefined {
  const length = response?.headers.get('Content-Length');
  return length == null ? undefined : Number(length);
}
