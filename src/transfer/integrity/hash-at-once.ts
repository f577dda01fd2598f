import { systemClock, type Clock } from '../../core/index.js';
import { withTimeLimit } from '../../core/internal.js';
import type { Chunk } from '../network/chunk.js';
import type { HashAlgorithm } from './hash-protocol.js';

/** How long the browser may take, in ms. It hashes 8 MiB in about 30 ms. */
const LIMIT = 5_000;

/** The name of an algorithm in the Web Cryptography API, such as `SHA-256`. */
export function nameOf(algorithm: HashAlgorithm): string {
  return algorithm.toUpperCase().replace('SHA', 'SHA-');
}

/**
 * Resolves with the hash of bytes, as hexadecimal digits. The browser computes it in one call, for which all bytes must be in memory.
 *
 * @throws if the browser cannot compute it, as outside of secure contexts, or does not do so in time.
 */
export async function hashAtOnce(algorithm: HashAlgorithm, bytes: Chunk, clock: Clock = systemClock): Promise<string> {
  const hash = await withTimeLimit(crypto.subtle.digest(nameOf(algorithm), bytes), LIMIT, clock);
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
