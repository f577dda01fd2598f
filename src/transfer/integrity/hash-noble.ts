import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { HashAlgorithm } from './hash-protocol.js';
import type { Hash } from './hash-worker.js';

const algorithms = { sha1, sha256, sha384, sha512 };

/** Starts a hash in this realm without WebAssembly: four times slower, and available everywhere. */
export function createHash(algorithm: HashAlgorithm): Hash {
  const hash = algorithms[algorithm].create();
  return { update: (bytes) => hash.update(bytes), digest: () => bytesToHex(hash.digest()) };
}
