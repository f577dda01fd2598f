// docs/harmless.md stores the measurements: the whole table takes hours, and is measured in parts.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rows } from './rows/index.js';
import { entryOf, markdown, readSection } from './table.js';

const path = join(import.meta.dirname, '../../docs/harmless.md');

/** The browsers by the names of their engines, in the order of the document. */
const browsers = { chromium: 'Chromium', firefox: 'Firefox', webkit: 'WebKitGTK' };

/** @typedef {import('./table.js').Entry} Entry @typedef {import('./rows/row.js').Row} Row */

/** @returns {Promise<string>} */
export const readDocument = () => readFile(path, 'utf8');

/**
 * Whether the document has a row.
 *
 * @param {string} text
 * @param {string} engine
 * @returns {(row: Row, version: number) => boolean}
 */
export function finder(text, engine) {
  const entries = readSection(text, browsers[engine]);
  return ({ name }, version) => entries.some((entry) => entry.name === name && entry.version === version);
}

/**
 * The document with the results of a run in place of its rows, and without rows that are not defined any more.
 *
 * @param {string} text
 * @param {string} engine
 * @param {import('./table.js').Result[]} results
 * @param {Row[]} [all]
 */
export function withResults(text, engine, results, all = rows) {
  const sections = Object.entries(browsers).map(([name, browser]) => {
    const measured = name === engine ? results.map(entryOf) : [];
    const able = all.filter(({ engines = [name] }) => engines.includes(name));
    const defined = able.flatMap((row) => (row.versions ?? [2, 3, 4]).map((version) => ({ name: row.name, version })));
    const known = [...measured, ...readSection(text, browser)];
    const entries = defined.map((one) => known.find((entry) => entry.name === one.name && entry.version === one.version));
    return { browser, entries: entries.filter((entry) => entry !== undefined), count: defined.length };
  });
  return markdown(sections.filter(({ entries }) => entries.length > 0));
}

/**
 * @param {string} engine
 * @param {import('./table.js').Result[]} results
 */
export async function writeResults(engine, results) {
  await writeFile(path, withResults(await readDocument(), engine, results));
}
