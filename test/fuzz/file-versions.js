// The versions that a file has over time. They differ in every byte, so that each splice shows.
import { createHash } from 'node:crypto';
import { randomOf } from './random.js';

const LONGEST = 400_000;

const contents = [0, 1, 2].map((version) => {
  const random = randomOf(42);
  return Uint8Array.from({ length: LONGEST }, () => Math.floor(random() * 256) ^ (version * 85));
});

const hashes = new Map();

/** The bytes of a version of `size` bytes. */
export function contentOf(version, size) {
  return contents[version].subarray(0, size);
}

/** SHA-256 and git's blob hash of a version, in hexadecimal digits. */
export function hashesOf(version, size) {
  const key = `${version}-${size}`;
  let known = hashes.get(key);
  if (!known) {
    const bytes = contentOf(version, size);
    known = {
      sha256: createHash('sha256').update(bytes).digest('hex'),
      oid: createHash('sha1').update(`blob ${size}\0`).update(bytes).digest('hex'),
    };
    hashes.set(key, known);
  }
  return known;
}

/** Whether two runs of bytes are equal, but for the places in `except`. */
export function isEqual(one, other, except) {
  if (one.length !== other.length) return false;
  if (!except?.size) return Buffer.compare(one, other) === 0;
  return one.every((byte, index) => byte === other[index] || except.has(index));
}
