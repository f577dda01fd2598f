import type { Chunk } from '../network/chunk.js';

/** The most bytes that wait to be used again: two segments, and the copies of a few pieces that are hashed. */
const MOST_KEPT = 12 * 1024 * 1024;

/** New memory is a multiple of this, in bytes, so that it suffices for later chunks of about the same length. */
const UNIT = 256 * 1024;

/**
 * Memory of copies that a worker has returned, from small to large. It is used again: to get new memory takes several times as long as
 * to copy into it.
 */
let kept: ArrayBuffer[] = [];

/** Returns memory for a copy that is transferred to a worker. */
export function takeMemory(length: number): Chunk {
  const place = kept.findIndex((memory) => memory.byteLength >= length);
  const [memory] = place < 0 ? [] : kept.splice(place, 1);
  return new Uint8Array(memory ?? new ArrayBuffer(Math.ceil(length / UNIT) * UNIT), 0, length);
}

/** Keeps memory for later copies. Memory that was transferred is ignored. */
export function returnMemory({ buffer }: Chunk): void {
  const size = kept.reduce((sum, { byteLength }) => sum + byteLength, buffer.byteLength);
  if (buffer.byteLength === 0 || size > MOST_KEPT) return;
  kept.push(buffer);
  kept.sort((a, b) => a.byteLength - b.byteLength);
}

/** Frees all memory that waits to be used again. */
export function releaseMemory(): void {
  kept = [];
}
