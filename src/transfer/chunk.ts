/** Some bytes of a body, in memory that is not shared. */
export type Chunk = Uint8Array<ArrayBuffer>;

/** How many bytes there are in all. */
export function lengthOf(chunks: readonly Chunk[]): number {
  return chunks.reduce((sum, { length }) => sum + length, 0);
}
