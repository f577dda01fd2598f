import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileBytes } from './measure.js';

const root = join(import.meta.dirname, '../..');

/** The files for a CDN with their sizes, in the order of the budgets in package.json. */
export async function measureCdn() {
  const { 'size-limit': budgets } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  return Promise.all(
    budgets.map(async (/** @type {{ name: string, path: string }} */ { name, path }) => ({
      file: basename(path),
      content: name.replace('CDN, ', ''),
      bytes: await fileBytes([join(root, path)]),
    })),
  );
}
