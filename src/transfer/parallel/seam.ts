import { lengthOf, splitChunk, type Chunk, type Remainder } from '../network/chunk.js';

/** Bytes that a range has in common with the bytes before it. They are compared, since some servers send other bytes than requested. */
export const SEAM = 1024;

/** A range whose bytes wait to be read. */
interface WaitingRange {
  /** The offset of its first byte in the file. */
  readonly start: number;
  /** The offset of the next byte to be read. */
  readonly position: number;
  /** Returns the bytes that wait. */
  rest(): readonly Chunk[];
}

/**
 * Returns the bytes that have arrived in ranges and were not read, up to the first gap.
 *
 * @param position The offset of the next byte of the body.
 * @param tail The last bytes before it.
 */
export function remainderOf(ranges: readonly WaitingRange[], position: number, tail: Chunk): Remainder {
  const chunks: Chunk[] = [];
  let end = position;
  for (const range of ranges) {
    const isBegun = range.position > range.start;
    if (end !== (isBegun ? range.position : range.start + SEAM)) break;
    const bytes = range.rest();
    if (!isBegun && !beginsWith(bytes, lastBytes([tail, ...chunks], SEAM))) break;
    chunks.push(...(isBegun ? bytes : withoutFirst(bytes, SEAM)));
    end = position + lengthOf(chunks);
  }
  return { start: chunks.length > 0 ? position : NaN, chunks };
}

/** Returns a copy of the last bytes of the chunks, at most `most`. */
export function lastBytes(chunks: readonly Chunk[], most: number): Chunk {
  let left = Math.min(most, lengthOf(chunks));
  const bytes = new Uint8Array(left);
  for (const chunk of [...chunks].reverse()) {
    const part = chunk.subarray(Math.max(0, chunk.length - left));
    left -= part.length;
    bytes.set(part, left);
  }
  return bytes;
}

/** Whether the chunks begin with a whole seam of these bytes. */
export function beginsWith(chunks: readonly Chunk[], bytes: Chunk): boolean {
  const first = lastBytes(splitChunk(chunks, SEAM), SEAM);
  return first.length === SEAM && bytes.length === SEAM && first.every((byte, place) => byte === bytes[place]);
}

/** Returns the chunks without their first `count` bytes. */
export function withoutFirst(chunks: readonly Chunk[], count: number): readonly Chunk[] {
  let left = count;
  return chunks.flatMap((chunk) => {
    const rest = chunk.subarray(Math.min(left, chunk.length));
    left -= chunk.length - rest.length;
    return rest.length > 0 ? [rest] : [];
  });
}
