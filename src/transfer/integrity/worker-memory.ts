import type { Chunk } from '../network/chunk.js';

/** The most bytes that wait to be used again: three segments, or two and the copies of a few pieces that are hashed. */
const MOST_KEPT = 12 * 1024 * 1024;

/** New memory is a multiple of this, in bytes, so that it suffices for later chunks of about the same length. */
const UNIT = 256 * 1024;

/**
 * Memory of segments and of copies for a worker that are not needed any more, from small to large. It is used again: to get new memory
 * takes several times as long as to copy into it, and browsers free large buffers late.
 */
let kept: ArrayBuffer[] = [];

/** How many workers run. Without one, no memory is kept: nothing would free it. */
let workers = 0;

/** Keeps memory until {@link releaseMemory}, which is called when the worker ends. */
export function keepMemory(): void {
  workers += 1;
}

/** Returns memory for a segment, or for a copy that is transferred to a worker. */
export function takeMemory(length: number): Chunk {
  // The memory of a segment is too large for a piece: the next segment would need new memory.
  const place = kept.findIndex(({ byteLength }) => byteLength >= length && byteLength <= 2 * length + UNIT);
  const [memory] = place < 0 ? [] : kept.splice(place, 1);
  return new Uint8Array(memory ?? new ArrayBuffer(Math.ceil(length / UNIT) * UNIT), 0, length);
}

/** Keeps memory for later copies, and returns whether it does. Memory that was transferred is ignored. */
export function returnMemory({ buffer }: Chunk): boolean {
  const size = kept.reduce((sum, { byteLength }) => sum + byteLength, buffer.byteLength);
  if (workers === 0 || buffer.byteLength === 0 || size > MOST_KEPT) return false;
  kept.push(buffer);
  kept.sort((a, b) => a.byteLength - b.byteLength);
  return true;
}

/** Frees all memory that waits to be used again, because a worker has ended. */
export function releaseMemory(): void {
  workers -= 1;
  kept = [];
}
