// The sizes that the documentation states are those of the built files.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';

const root = join(import.meta.dirname, '../..');

const read = (path) => readFile(join(root, path), 'utf8');

/** Kilobytes of a file for a CDN, compressed as a server does it at best. */
const sizeOf = async (name) => gzipSync(await read(`dist/cdn/${name}`), { level: 9 }).length / 1_000;

/** Compares a stated size with that of a file. A difference of 1 % is allowed, and what rounding to 0.1 kB adds. */
async function assertSize(name, stated) {
  const size = await sizeOf(name);
  assert.ok(Math.abs(size - stated) <= size / 100 + 0.05, `${name} has ${size.toFixed(2)} kB, and the page states ${stated} kB`);
}

const sectionOf = (text, title) => text.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';

describe('the templates in the files for a CDN', () => {
  it('have no comments and no lines', async () => {
    for (const name of ['model-download.js', 'views.js', 'model-download.full.iife.js']) {
      const text = await read(`dist/cdn/${name}`);
      assert.ok(/:host[^{}]*\{display:/.test(text), `${name} has no shortened styles`);
      assert.ok(!/\n {2,}\S/.test(text), `${name} has indented lines`);
    }
  });
});

describe('the stated sizes', () => {
  it('of the README are those of the files for a CDN', async () => {
    const figures = [...sectionOf(await read('README.md'), 'Size').matchAll(/`([\w.-]+\.js)` \(([\d.]+) kB\)/g)];
    assert.ok(figures.length >= 4, `only ${figures.length} sizes were found`);
    for (const [, name, stated] of figures) await assertSize(name, Number(stated));
  });

  it('of the README are those of docs/sizes.md', async () => {
    const readme = sectionOf(await read('README.md'), 'Size').matchAll(/`([\w.-]+\.js)` \(([\d.]+) kB\)/g);
    const stated = sectionOf(await read('docs/sizes.md'), 'Files for a CDN').matchAll(/^\| `([\w.-]+)` *\|.*\| *([\d.]+) *\|$/gm);
    const sizes = new Map([...stated].map(([, name, size]) => [name, size]));
    for (const [, name, size] of readme) assert.equal(size, sizes.get(name), name);
  });

  it('of other packages in the README are those of docs/sizes.md', async () => {
    const figures = [...sectionOf(await read('README.md'), 'Size').matchAll(/([A-Z][\w ]+?) \(([\d.]+) kB\)/g)];
    assert.ok(figures.length >= 1, 'no size was found');
    const rows = sectionOf(await read('docs/sizes.md'), 'Other packages').split('\n');
    for (const [, name, stated] of figures) {
      const [, , size] = rows.find((row) => row.startsWith(`| ${name},`))?.split(/\s*\|\s*/) ?? [];
      assert.equal(Number(size), Number(stated), name);
    }
  });

  it('of docs/sizes.md are those of the files for a CDN', async () => {
    const rows = [...sectionOf(await read('docs/sizes.md'), 'Files for a CDN').matchAll(/^\| `([\w.-]+)` *\|.*\| *([\d.]+) *\|$/gm)];
    assert.ok(rows.length >= 10, `only ${rows.length} files were found`);
    for (const [, name, stated] of rows) await assertSize(name, Number(stated));
  });

  it('have budgets in package.json that are at most 1 % above them', async () => {
    const { 'size-limit': budgets } = JSON.parse(await read('package.json'));
    for (const { path, limit } of budgets) {
      const size = await sizeOf(path.replace('dist/cdn/', ''));
      assert.ok(parseFloat(limit) <= size * 1.01 + 0.05, `${path} has ${size.toFixed(2)} kB, and a budget of ${limit}`);
    }
  });
});
