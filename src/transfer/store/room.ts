import type { Clock } from '../../core/index.js';
import { tryRoom, withTimeLimit } from '../../core/internal.js';
import type { HeldBody, PartialStore } from './partial-store.js';

/** How long the browser may take to find out its room, in ms: the end of a body waits for it. */
const LIMIT = 1_000;

/** Bytes of the complete bodies that their callers are storing: the browser may not count them yet. */
let reserved = 0;

/** The stored bodies that may be deleted to make room → the deletion. */
const spare = new Map<HeldBody['writtenBy'], () => Promise<void>>();

/** Reserves room for a body until `storing` has settled, and settles as it does. */
export async function reserveRoom(bytes: number, storing: Promise<void> | undefined): Promise<void> {
  reserved += bytes;
  try {
    await storing;
  } finally {
    reserved -= bytes;
  }
}

/** Whether the origin has room for `bytes` more. `true` if this is not known in time. Never rejects. */
export async function hasRoomFor(bytes: number, clock: Clock): Promise<boolean> {
  const needed = bytes + reserved;
  const answers = [reportsRoomFor(needed), tryRoom(needed, clock)].map((answer) =>
    withTimeLimit(answer, LIMIT, clock).catch(() => undefined),
  );
  return (await Promise.all(answers)).every((answer) => answer !== false);
}

/** Lets other bodies delete the stored bytes of this one if they need the room. */
export function addSpare(body: HeldBody, store: PartialStore): void {
  spare.set(body.writtenBy, () => deleteBody(body, store));
}

/** Deletes the bodies that were added by {@link addSpare}. */
export async function deleteSpare(): Promise<void> {
  const deletions = [...spare.values()];
  spare.clear();
  await Promise.all(deletions.map((run) => run()));
}

/** Deletes the stored bytes of one body. Those of another body of the file stay. */
export async function deleteBody({ url, writtenBy }: HeldBody, store: PartialStore): Promise<void> {
  if ((await store.find(url))?.writtenBy === writtenBy) await store.delete(url);
}

async function reportsRoomFor(bytes: number): Promise<boolean> {
  const { navigator } = globalThis as { navigator?: { storage?: Partial<StorageManager> } };
  const { quota = Infinity, usage = 0 } = (await navigator?.storage?.estimate?.()) ?? {};
  return quota - usage >= bytes;
}
