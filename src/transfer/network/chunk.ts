/**
 * Some bytes of a body, in memory that is not shared. The type is not written as `Uint8Array<ArrayBuffer>`, since TypeScript before
 * 5.7 must be able to read the declarations, too.
 */
export type Chunk = ReturnType<Uint8ArrayConstructor['of']>;

/** Returns the number of bytes in all chunks. */
export function lengthOf(chunks: readonly Chunk[]): number {
  return chunks.reduce((sum, { length }) => sum + length, 0);
}

/** Returns the first `most` bytes of the chunks. */
export function splitChunk(chunks: readonly Chunk[], most: number): readonly Chunk[] {
  if (lengthOf(chunks) <= most) return chunks;
  let left = most;
  return chunks.flatMap((chunk) => {
    const part = chunk.subarray(0, left);
    left -= part.length;
    return part.length > 0 ? [part] : [];
  });
}

/**
 * Returns the stream of a response's body.
 *
 * @throws TypeError when there is none, as in responses to `HEAD` and of a status like 204.
 */
export function streamOf(body: ReadableStream<Chunk> | null): ReadableStream<Chunk> {
  if (!body) throw new TypeError('Expected a body');
  return body;
}

/** Bytes that had arrived when a connection was closed, and were not read. */
export interface Remainder {
  /** The offset in the file of the first of them; `NaN` if there are none. */
  readonly start: number;
  readonly chunks: readonly Chunk[];
}
