import type { Chunk } from '../network/chunk.js';
import type { HashAlgorithm } from './hash-protocol.js';

/** The name of an algorithm in the Web Cryptography API, such as `SHA-256`. */
export function nameOf(algorithm: HashAlgorithm): string {
  return algorithm.toUpperCase().replace('SHA', 'SHA-');
}

/**
 * Resolves with the hash of bytes, as hexadecimal digits. The browser computes it in one call, for which all bytes must be in memory.
 *
 * @throws if the browser cannot compute it, as outside of secure contexts.
 */
export async function hashAtOnce(algorithm: HashAlgorithm, bytes: Chunk): Promise<string> {
  const hash = await crypto.subtle.digest(nameOf(algorithm), bytes);
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
