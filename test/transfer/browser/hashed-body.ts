import { createDownloadFetch, MemoryPartialStore, type DownloadFetchOptions, type KnownFile } from 'model-download/transfer';
import { bytesOf, MiB, sha256 } from './held-file.js';

/** The bytes of a file whose SHA-256 is known: more than may wait in the hash worker. */
export const bytes = new Uint8Array(12 * MiB).map((_, index) => (index * 31) % 251);
export const hash = await sha256(bytes.buffer);

/** The same with one wrong byte. */
export const damaged = bytes.slice();
damaged[5 * MiB] = 255;

let files = 0;

/** Downloads `body` as a file of which the hash of `bytes`, or another one, is known. */
export async function download(
  body: Uint8Array<ArrayBuffer>,
  options: DownloadFetchOptions = {},
  init?: RequestInit,
): Promise<ArrayBuffer> {
  const known: KnownFile = { size: bytes.length, sha256: hash };
  const fetch = createDownloadFetch({
    store: new MemoryPartialStore(),
    // Pieces as a browser hands them out.
    fetch: () => Promise.resolve(new Response(new Blob([body]).stream(), { headers: { 'Content-Length': String(body.length) } })),
    lookUp: () => Promise.resolve(known),
    ...options,
  });
  return bytesOf(await fetch(`https://models.example/${++files}.bin`, init));
}

/** The platform's own worker. */
export const PlatformWorker = globalThis.Worker;
const platformTimeout = globalThis.setTimeout;

/** Makes timers of `delay` ms never fire, until the returned function is called. */
export function liftTimers(delay: number): () => void {
  globalThis.setTimeout = ((callback: () => void, wait?: number) =>
    wait === delay ? 0 : platformTimeout(callback, wait)) as typeof setTimeout;
  return () => void (globalThis.setTimeout = platformTimeout);
}

/** Makes each time limit of more than 5 s, and of 10 s at most, expire at once. Each waits twice for half of its time. */
export function expireLimits(): () => void {
  globalThis.setTimeout = ((callback: () => void, wait = 0) =>
    platformTimeout(callback, wait > 2_500 && wait <= 5_000 ? 0 : wait)) as typeof setTimeout;
  return () => (globalThis.setTimeout = platformTimeout);
}
