// What was measured, kept from run to run: the whole table takes long, and may be made in parts.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { judge } from './judge.js';
import { rows } from './rows/index.js';

const folder = join(import.meta.dirname, '../../build/harmless-results');

/** @typedef {import('./table.js').Result} Result */

/**
 * @param {string} engine
 * @param {Result} result
 */
export async function keepResult(engine, { row, ...measured }) {
  const dir = join(folder, engine);
  await mkdir(dir, { recursive: true });
  const name = `${encodeURIComponent(row.name)}.v${measured.version}.json`;
  await writeFile(join(dir, name), JSON.stringify({ name: row.name, ...measured }));
}

/**
 * @param {string} engine
 * @returns {Promise<Result[]>} The last result of each row and version that there still is, in the order of the rows.
 */
export async function readResults(engine) {
  const dir = join(folder, engine);
  const files = await readdir(dir).catch(() => []);
  const kept = await Promise.all(files.map(async (file) => JSON.parse(await readFile(join(dir, file), 'utf8'))));
  return rows.flatMap((row) => {
    const versions = kept.filter(({ name, version }) => name === row.name && (row.versions ?? [2, 3, 4]).includes(version));
    // The rules may have changed since.
    return versions.map(({ version, plain, ours }) => ({ row, version, plain, ours, wrong: judge(row, plain, ours) })).sort((a, b) => a.version - b.version);
  });
}
