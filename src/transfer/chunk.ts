/** Some bytes of a body, in a buffer of their own. */
export type Chunk = Uint8Array<ArrayBuffer>;

/** How many bytes there are in all. */
export function lengthOf(chunks: readonly Chunk[]): number {
  return chunks.reduce((sum, { length }) => sum + length, 0);
}
