/**
 * Some bytes of a body, in memory that is not shared. TypeScript before 5.7 has no parameter for the memory's type, and
 * has to read the declarations, too.
 */
export type Chunk = ReturnType<Uint8ArrayConstructor['of']>;

/** How many bytes there are in all. */
export function lengthOf(chunks: readonly Chunk[]): number {
  return chunks.reduce((sum, { length }) => sum + length, 0);
}

/** The first `most` bytes of them. */
export function splitChunk(chunks: readonly Chunk[], most: number): readonly Chunk[] {
  if (lengthOf(chunks) <= most) return chunks;
  let left = most;
  return chunks.flatMap((chunk) => {
    const part = chunk.subarray(0, left);
    left -= part.length;
    return part.length > 0 ? [part] : [];
  });
}

/** The stream of an answer that has a body, as each does that is neither to `HEAD` nor of a status without one. */
export function streamOf(body: ReadableStream<Chunk> | null): ReadableStream<Chunk> {
  if (!body) throw new TypeError('The answer has no body');
  return body;
}

/** Bytes that had come when a connection was closed, and were not read. */
export interface Remainder {
  /** The place in the file of the first of them; `NaN` where there are none. */
  readonly place: number;
  readonly chunks: readonly Chunk[];
}
