const chunkFloats = 1 << 18;

/**
 * A small deterministic generator (mulberry32): the same seed gives the same
 * weights on every machine.
 *
 * @param {number} seed
 * @returns {() => number} Numbers in [−1, 1).
 */
export function randomNumbers(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 0x80000000 - 1;
  };
}

/**
 * Random weights in chunks, so that a tensor of 100 MB is never in memory as a whole.
 *
 * @param {number} count
 * @param {number} scale
 * @param {number} seed
 * @returns {Generator<Uint8Array>}
 */
export function* randomWeights(count, scale, seed) {
  const next = randomNumbers(seed);
  for (let done = 0; done < count; done += chunkFloats) {
    const chunk = new Float32Array(Math.min(chunkFloats, count - done));
    for (let i = 0; i < chunk.length; i++) chunk[i] = next() * scale;
    yield new Uint8Array(chunk.buffer);
  }
}

/**
 * Random rows of length one. In enough dimensions they are close to orthogonal,
 * so that a dot product shows whether two of them are equal.
 *
 * @param {number} rows
 * @param {number} width
 * @param {number} seed
 * @returns {Float32Array[]}
 */
export function unitVectors(rows, width, seed) {
  const next = randomNumbers(seed);
  return Array.from({ length: rows }, () => {
    const row = Float32Array.from({ length: width }, next);
    const norm = Math.hypot(...row);
    return row.map((value) => value / norm);
  });
}
