import type { Clock } from '../../core/index.js';
import { findRoom } from './find-room.js';

/** A body with stored bytes. */
interface StoredBody {
  /** Whether its reader has all bytes that are stored: others would be requested again. */
  readonly isRead: boolean;
  /** Deletes its stored bytes. */
  delete(): Promise<void>;
}

/** Bytes of the complete bodies that their callers are storing: the browser may not count them yet. */
let reserved = 0;

/** The bodies whose stored bytes may be deleted for another file. */
const spare = new Set<StoredBody>();

/** Reserves room for a body until `storing` has settled, and settles as it does. */
export async function reserveRoom(bytes: number, storing: Promise<void> | undefined): Promise<void> {
  reserved += bytes;
  try {
    await storing;
  } finally {
    reserved -= bytes;
  }
}

/** Whether the origin has room for `bytes` more. `true` if this is unknown. Never rejects. */
export async function hasRoomFor(bytes: number, clock: Clock): Promise<boolean> {
  return (await findRoom(bytes + reserved, clock)) !== false;
}

/** Lets other files delete the stored bytes of a body if they need the room. */
export function addSpare(body: StoredBody): void {
  spare.add(body);
}

/** Takes {@link addSpare} back: the stored bytes are kept for another visit. */
export function removeSpare(body: StoredBody): void {
  spare.delete(body);
}

/** Whether {@link deleteSpare} could make room. */
export function hasSpare(): boolean {
  return spare.size > 0;
}

/** Deletes the stored bytes of the bodies that {@link addSpare} has added. */
export async function deleteSpare(): Promise<void> {
  const bodies = [...spare].filter(({ isRead }) => isRead);
  for (const body of bodies) spare.delete(body);
  await Promise.all(bodies.map((body) => body.delete()));
}
