// The script of the page: bundled by bundle-page.js, called by lab.js.
import { CachePartialStore, createDownloadFetch } from '../../dist/transfer/index.js';
import * as noble from '../../dist/transfer/integrity/hash-noble.js';
import * as wasm from '../../dist/transfer/integrity/hash-worker.js';

const namespace = 'bench';

/** The buffer of a download. It is reused, so that no run pays for its memory pages. */
let target = new Uint8Array(0);

/** @param {number} size */
function reserve(size) {
  // Only written bytes occupy memory.
  target = new Uint8Array(size).fill(1);
}

/**
 * Downloads a file and returns how long that took, in ms.
 *
 * @param {{ url: string, sha256: string, layer?: { segmentSize?: number, verify?: 'always' | 'never' } }} run
 *   Without `layer` the platform's `fetch` is used as it is.
 */
async function download({ url, sha256, layer }) {
  const lookUp = async () => ({ size: target.length, sha256 });
  /** @type {unknown[]} */
  const failures = [];
  const onFull = (/** @type {unknown} */ cause) => failures.push(cause);
  const settings = { ...layer, namespace, onFull, ...(layer?.verify && { lookUp }) };
  const load = layer ? createDownloadFetch(settings) : fetch;
  const began = performance.now();
  const response = await load(url, { cache: 'no-store' });
  const length = await readInto(response, target);
  const took = performance.now() - began;
  // A download that stores nothing would be cheaper, and is an error.
  if (failures.length > 0) throw new Error(`The segments were not stored: ${failures[0]}`);
  if (length !== target.length) throw new Error(`${length} of ${target.length} bytes arrived`);
  return took;
}

/**
 * @param {Response} response
 * @param {Uint8Array} bytes
 * @returns {Promise<number>} How many were read.
 */
async function readInto(response, bytes) {
  const reader = response.body.getReader();
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return length;
    bytes.set(value, length);
    length += value.length;
  }
}

/**
 * Stores `size` bytes in segments, and returns how long that took, in ms.
 *
 * @param {{ size: number, segmentSize: number }} run
 */
async function store({ size, segmentSize }) {
  const partial = new CachePartialStore(namespace);
  // One segment is filled again and again, as in a download.
  const memory = new Uint8Array(segmentSize).fill(1);
  const file = { url: 'https://bench.invalid/file', total: size, validator: '"1"', writtenBy: 'bench', keptAt: Date.now() };
  const began = performance.now();
  for (let start = 0; start < size; start += segmentSize) {
    await partial.append({ ...file, start, bytes: memory });
  }
  return performance.now() - began;
}

/**
 * Hashes `size` bytes in pieces, in this thread, and returns how long that took, in ms.
 *
 * @param {{ size: number, piece: number, library: 'hash-wasm' | 'noble' }} run
 */
async function hash({ size, piece, library }) {
  const bytes = new Uint8Array(piece).fill(1);
  const stream = await (library === 'noble' ? noble : wasm).createHash('sha256');
  const began = performance.now();
  for (let done = 0; done < size; done += piece) stream.update(bytes.subarray(0, size - done));
  stream.digest();
  return performance.now() - began;
}

async function clear() {
  const root = await navigator.storage.getDirectory();
  for await (const name of root.keys()) await root.removeEntry(name, { recursive: true }).catch(() => undefined);
  for (const name of await caches.keys()) await caches.delete(name);
}

globalThis.bench = { reserve, download, store, hash, clear };
