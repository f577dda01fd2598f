import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

/**
 * @typedef {import('./bundlers.js').Chunk} Chunk
 * @typedef {import('./subjects.js').Subject} Subject
 */

/** @param {string | Buffer} text */
export const gzip = (text) => gzipSync(text, { level: 9 }).length;

/**
 * The bytes that a page loads with a subject: each file compressed on its own, as a server sends it.
 *
 * @param {readonly Chunk[]} chunks
 * @param {Pick<Subject, 'chunks'>} subject
 */
export function loadedBytes(chunks, { chunks: dynamic }) {
  const byName = new Map(chunks.map((chunk) => [chunk.name, chunk]));
  const loaded = new Set();
  const load = (/** @type {Chunk | undefined} */ chunk) => {
    if (!chunk || loaded.has(chunk)) return;
    loaded.add(chunk);
    for (const name of chunk.imports) load(byName.get(name));
  };
  const isLoaded = (/** @type {Chunk} */ { isEntry, modules }) =>
    isEntry || modules.some((path) => dynamic?.test(path.replaceAll('\\', '/')));
  for (const chunk of chunks.filter(isLoaded)) load(chunk);
  return [...loaded].reduce((sum, { code }) => sum + gzip(code), 0);
}

/** @param {readonly string[]} paths */
export async function fileBytes(paths) {
  const files = await Promise.all(paths.map((path) => readFile(path)));
  return files.reduce((sum, file) => sum + gzip(file), 0);
}
