import type { Clock } from '../../core/index.js';
import { withTimeLimit } from '../../core/internal.js';

/** How long the browser may take to report its room, in ms: the end of a body waits for it. */
const LIMIT = 250;

/** Bytes of the complete bodies that their callers are storing: the browser may not count them yet. */
let reserved = 0;

/** Reserves room for a body until `storing` has settled, and settles as it does. */
export async function reserveRoom(bytes: number, storing: Promise<void> | undefined): Promise<void> {
  reserved += bytes;
  try {
    await storing;
  } finally {
    reserved -= bytes;
  }
}

/** Whether the origin has room for `bytes` more. `true` if the browser does not report it in time. Never rejects. */
export async function hasRoomFor(bytes: number, clock: Clock): Promise<boolean> {
  const { navigator } = globalThis as { navigator?: { storage?: Partial<StorageManager> } };
  try {
    const estimate = (await withTimeLimit(Promise.resolve(navigator?.storage?.estimate?.()), LIMIT, clock)) ?? {};
    const { quota = Infinity, usage = 0 } = estimate;
    return quota - usage >= bytes + reserved;
  } catch {
    return true;
  }
}
