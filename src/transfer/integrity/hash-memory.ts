import type { Chunk } from '../network/chunk.js';

/** The most bytes that wait to be used again. */
const MOST_KEPT = 8 * 1024 * 1024;

/** New memory is a multiple of this, in bytes, so that it suffices for later chunks of about the same length. */
const UNIT = 256 * 1024;

/** Memory that the hash worker has returned, and that is used again: to get new memory takes several times as long as to copy into it. */
let kept: ArrayBuffer[] = [];

/** Returns memory for a copy of bytes that are hashed. */
export function takeMemory(length: number): Chunk {
  const place = kept.findIndex((memory) => memory.byteLength >= length);
  const [memory] = place < 0 ? [] : kept.splice(place, 1);
  return new Uint8Array(memory ?? new ArrayBuffer(Math.ceil(length / UNIT) * UNIT), 0, length);
}

/** Keeps memory for later copies. Memory that was transferred is ignored. */
export function returnMemory({ buffer }: Chunk): void {
  const size = kept.reduce((sum, { byteLength }) => sum + byteLength, buffer.byteLength);
  if (buffer.byteLength > 0 && size <= MOST_KEPT) kept.push(buffer);
}

/** Frees all memory that waits to be used again. */
export function releaseMemory(): void {
  kept = [];
}
