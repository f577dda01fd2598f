// The samples of the documentation, as a reader would copy them.
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '../..');

/**
 * @typedef {object} Sample
 * @property {string} page Path of its page in the repository.
 * @property {number} line Of its first line in the page, from 1.
 * @property {string} language
 * @property {string | undefined} unchecked Why it cannot be checked, from ` ```js unchecked="…" `.
 * @property {string | undefined} source The file of the repository of which it shows lines, from ` ```ts demo/… `.
 * @property {string | undefined} file The file name in the page, just before the sample or in its first comment.
 * @property {string} code
 */

/** Every page that is written by hand. */
async function pages() {
  const names = await readdir(join(root, 'docs'), { recursive: true });
  const written = names.filter((name) => name.endsWith('.md') && !name.startsWith('reference'));
  return ['README.md', 'CONTRIBUTING.md', ...written.sort().map((name) => join('docs', name))];
}

/** @returns {Promise<readonly Sample[]>} */
export async function readSamples() {
  const found = await Promise.all((await pages()).map(async (page) => samplesOf(page, await readFile(join(root, page), 'utf8'))));
  return found.flat();
}

/**
 * @param {string} page
 * @param {string} text
 * @returns {Sample[]}
 */
export function samplesOf(page, text) {
  const lines = text.split('\n');
  const samples = [];
  let opening;
  for (const [index, line] of lines.entries()) {
    if (!line.startsWith('```')) continue;
    if (opening === undefined) {
      opening = index;
      continue;
    }
    samples.push(sample(page, lines, opening, index));
    opening = undefined;
  }
  if (opening !== undefined) throw new Error(`${page}:${opening + 1}: this sample never ends`);
  return samples;
}

/** @returns {Sample} */
function sample(page, lines, opening, closing) {
  const info = lines[opening].slice(3).trim();
  const code = lines.slice(opening + 1, closing).join('\n');
  const before = lines.slice(0, opening).findLast((line) => line.trim() !== '') ?? '';
  const file = /^`([\w./+-]+\.\w+)`/.exec(before)?.[1] ?? /^\/\/ ([\w./-]+\.\w+)$/m.exec(code.split('\n', 1)[0])?.[1];
  return {
    page: relative('.', page),
    line: opening + 2,
    language: /^\w*/.exec(info)?.[0] ?? '',
    source: /^\w+ ([\w./-]+\/[\w.-]+\.\w+)/.exec(info)?.[1],
    unchecked: /\bunchecked="([^"]+)"/.exec(info)?.[1],
    file,
    code,
  };
}

/** Where a complaint about a sample is. */
export function placeOf({ page, line }, offset = 0) {
  return `${page}:${line + offset}`;
}
