import type { HashAlgorithm } from './hash-protocol.js';

/** The hashes of which a `Request`'s `integrity` requires one. */
export interface RequestIntegrity {
  readonly algorithm: HashAlgorithm;
  /** In base64. */
  readonly hashes: readonly string[];
}

/** From the strongest to the weakest. */
const ALGORITHMS = ['sha512', 'sha384', 'sha256'] as const;

/**
 * Parses `integrity`. Of several algorithms the strongest applies, of several hashes any
 * (https://www.w3.org/TR/sri/#get-the-strongest-metadata).
 *
 * @returns `undefined` if it requires nothing: it is empty, or names unknown algorithms.
 */
export function parseIntegrity(integrity: string): RequestIntegrity | undefined {
  const found = [...integrity.matchAll(/(?<=^|\s)(sha256|sha384|sha512)-([\w+/-]+)=*(?:\?\S*)?(?=\s|$)/gi)].map(
    ([, algorithm = '', hash = '']) => ({ algorithm: algorithm.toLowerCase(), hash: hash.replaceAll('-', '+').replaceAll('_', '/') }),
  );
  const algorithm = ALGORITHMS.find((name) => found.some((one) => one.algorithm === name));
  return algorithm && { algorithm, hashes: found.filter((one) => one.algorithm === algorithm).map(({ hash }) => hash) };
}

/** Converts hexadecimal digits to base64 without padding. */
export function toBase64(hex: string): string {
  const bytes = hex.match(/../g)?.map((digits) => Number.parseInt(digits, 16)) ?? [];
  return btoa(String.fromCharCode(...bytes)).replace(/=+$/, '');
}
