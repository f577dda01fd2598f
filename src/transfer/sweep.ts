import { epochNow, systemClock, type Clock } from '../core/index.js';
import { lockName, platformLock } from './file-lock.js';
import type { PartialFile, PartialStore } from './partial-store.js';

/** How long an unfinished file waits for whoever wants it, in ms: a week. */
const LIFE = 7 * 24 * 3_600_000;

/** What {@link sweep} looks at. */
export interface SweepOptions {
  /** Where unfinished files are held. */
  readonly store: Pick<PartialStore, 'list' | 'delete'>;
  /** The whole file where the caller keeps it; `undefined` when it is not there. */
  readonly readWhole: (url: string) => Promise<Response | undefined>;
  /** Keeps several apps on one origin apart. Default: none. */
  readonly namespace?: string | undefined;
  /** Default: the platform's clock. */
  readonly clock?: Clock | undefined;
}

/**
 * Drops what is held of files that the caller keeps whole, and of those that nobody has gone on
 * with for a week. A file that somebody reads or downloads at the moment, in any tab, is left alone.
 */
export async function sweep({ store, readWhole, namespace = '', clock = systemClock }: SweepOptions): Promise<void> {
  const now = epochNow(clock);
  const held = await store.list();
  await Promise.all(held.map((file) => dropIfDue(file)));

  async function dropIfDue({ url, keptAt, total }: PartialFile): Promise<void> {
    if (now - keptAt <= LIFE && !(await isWhole(readWhole(url), total))) return;
    const release = await platformLock().tryAcquire(lockName(namespace, url));
    if (!release) return;
    await store.delete(url).finally(release);
  }
}

async function isWhole(reading: Promise<Response | undefined>, total: number | undefined): Promise<boolean> {
  const length = (await reading)?.headers.get('Content-Length');
  return length != null && total !== undefined && Number(length) === total;
}
