const size = 8_000_000;

/**
 * The file that the live examples download: as large as a small model, and equal in every build. Like weights, it
 * does not compress.
 */
export function liveFile() {
  const bytes = new Uint32Array(size / 4);
  // Xorshift by George Marsaglia, with the triple 13, 17, 5 of his paper.
  let state = 0x9e3779b9;
  for (let index = 0; index < bytes.length; index++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[index] = state;
  }
  return new Uint8Array(bytes.buffer);
}
