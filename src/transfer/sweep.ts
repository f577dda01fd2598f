import { epochNow, systemClock, type Clock } from '../core/index.js';
import type { PartialStore } from './partial-store.js';

/** How long an unfinished file waits for whoever wants it, in ms: a week. */
const LIFE = 7 * 24 * 3_600_000;

/** Drops what is held of files that the caller keeps whole, and of those that nobody has gone on with for a week. */
export async function sweep(
  store: PartialStore,
  readWhole: (url: string) => Promise<Response | undefined>,
  clock: Clock = systemClock,
): Promise<void> {
  const now = epochNow(clock);
  const held = await store.list();
  await Promise.all(
    held.map(async ({ url, keptAt, total }) => {
      const isOld = now - keptAt > LIFE;
      if (isOld || (await isWhole(url, total, readWhole))) await store.delete(url);
    }),
  );
}

async function isWhole(url: string, total: number | undefined, readWhole: (url: string) => Promise<Response | undefined>): Promise<boolean> {
  const response = await readWhole(url);
  const length = response?.headers.get('Content-Length');
  return length != null && total !== undefined && Number(length) === total;
}
