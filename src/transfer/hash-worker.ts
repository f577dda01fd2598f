import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { HASH_WORKER, type HashReply, type HashRequest } from './hash-protocol.js';

/** A SHA-256 that takes its input in pieces. */
export interface Sha256 {
  update(bytes: Uint8Array): void;
  /** The hash of everything so far, as 64 hexadecimal digits. */
  digest(): string;
}

/** Begins a hash in this realm. */
export function createSha256(): Sha256 {
  const hash = sha256.create();
  return {
    update: (bytes) => void hash.update(bytes),
    digest: () => bytesToHex(hash.digest()),
  };
}

const scope = globalThis as unknown as Partial<DedicatedWorkerGlobalScope>;
if (scope.name === HASH_WORKER && scope.postMessage) {
  const reply = (message: HashReply): void => scope.postMessage?.(message);
  const hash = createSha256();
  scope.onmessage = ({ data }: MessageEvent<HashRequest>) => {
    if ('digest' in data) {
      reply({ hash: hash.digest() });
      return;
    }
    hash.update(data.bytes);
    reply({ taken: data.bytes.length });
  };
}
