import { sha1 } from '@noble/hashes/legacy.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { createSHA256 } from 'hash-wasm';
import type { Chunk } from '../network/chunk.js';
import { writeFile } from '../store/write-file.js';
import { HASH_WORKER, type HashAlgorithm, type HashReply, type HashRequest, type WrittenFile } from './hash-protocol.js';

/** A hash of input in pieces. */
export interface Hash {
  update(bytes: Uint8Array): unknown;
  /** Returns the hash of the bytes so far, as hexadecimal digits. */
  digest(): string;
}

/**
 * Starts a hash in this realm.
 *
 * SHA-1 is used for small files only, for which a second WebAssembly module would cost more than it saves.
 *
 * @throws if WebAssembly is refused, and for SHA-384 and SHA-512.
 */
export async function createHash(algorithm: HashAlgorithm): Promise<Hash> {
  if (algorithm === 'sha256') return createSHA256();
  if (algorithm !== 'sha1') throw new Error(`${algorithm} is not available here`);
  const hash = sha1.create();
  return { update: (bytes) => hash.update(bytes), digest: () => bytesToHex(hash.digest()) };
}

async function write(file: string, content: Chunk): Promise<WrittenFile> {
  try {
    return { sha256: await writeFile(file, content) };
  } catch (error) {
    // An error may not be clonable.
    const { name, message } = error as Error;
    return { failure: { name, message } };
  }
}

// The worker must not import on demand: Vite's default format for workers has no chunks.
const scope = globalThis as unknown as Partial<DedicatedWorkerGlobalScope>;
if (scope.name === HASH_WORKER && scope.postMessage) {
  const hashes = new Map<number, Promise<Hash>>();
  const reply = (message: HashReply, transfer: Transferable[] = []): void => scope.postMessage?.(message, transfer);
  scope.onmessage = async ({ data }: MessageEvent<HashRequest>) => {
    const { id } = data;
    if ('file' in data) {
      const { file, content } = data;
      reply({ id, content, ...(await write(file, content)) }, [content.buffer]);
      return;
    }
    if ('drop' in data) {
      hashes.delete(id);
      return;
    }
    try {
      if ('algorithm' in data) hashes.set(id, createHash(data.algorithm));
      const hash = await hashes.get(id);
      if ('bytes' in data) hash?.update(data.bytes);
      else if ('digest' in data) reply({ id, hash: hash?.digest() ?? '' });
    } catch (error) {
      reply({ id, error: String(error) });
    }
    if ('bytes' in data) reply({ added: data.bytes }, [data.bytes.buffer]);
  };
  // A policy may allow the worker and refuse WebAssembly in it.
  createHash('sha256').then(
    () => reply({ ready: true }),
    () => reply({ ready: false }),
  );
}
