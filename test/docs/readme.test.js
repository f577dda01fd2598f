// What the README and the documentation name exists: the tokens of the elements, and the targets of links.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';

const root = join(import.meta.dirname, '../..');
const read = (/** @type {string} */ path) => readFile(join(root, path), 'utf8');

/** The files of a folder with one ending, except generated ones. */
async function filesOf(/** @type {string} */ folder, /** @type {string} */ ending) {
  const paths = await readdir(join(root, folder), { recursive: true });
  return paths.filter((path) => path.endsWith(ending) && !/^(reference|\.vitepress)/.test(path)).map((path) => join(folder, path));
}

/** The ids of a page's headings, as GitHub makes them. */
function anchorsOf(/** @type {string} */ text) {
  const headings = [...text.replaceAll(/^```[^]*?^```/gm, '').matchAll(/^#+ (.*)$/gm)].map((match) => match[1] ?? '');
  return headings.map((heading) =>
    heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('the README', () => {
  it('lists the statuses of a download', async () => {
    const [, list = ''] = /`state\.status` is one of([^]*?)\. /.exec(await read('README.md')) ?? [];
    const [, union = ''] = /type DownloadStatus =([^]*?);/.exec(await read('src/core/state/download-state.ts')) ?? [];
    const namesIn = (/** @type {string} */ text, /** @type {RegExp} */ quoted) => [...text.matchAll(quoted)].map(([, name]) => name);
    assert.deepEqual(namesIn(list, /`([a-z]+)`/g), namesIn(union, /'([a-z]+)'/g));
  });

  it('lists entries with names that they export', async () => {
    // Those of frameworks need a compiler, and have tests of their own.
    const rows = [...(await read('README.md')).matchAll(/^\| `(model-download(?:\/transfer|\/adapters\/[a-z-]+)?)` \| ([^|]*)/gm)];
    assert.ok(rows.length >= 9, `only ${rows.length} rows were found`);
    for (const [, entry = '', description = ''] of rows) {
      const exported = Object.keys(await import(entry));
      const names = [...description.matchAll(/`([A-Za-z]+)`/g)].map((match) => match[1] ?? '');
      assert.deepEqual(
        names.filter((name) => !exported.includes(name)),
        [],
        entry,
      );
    }
  });

  it('lists the tokens that the styles of the elements read, and no other', async () => {
    const styles = (await Promise.all((await filesOf('src/elements', '.ts')).map(read))).join('\n');
    const used = new Set([...styles.matchAll(/var\(--model-download-([a-z-]+)/g)].map((match) => match[1]));
    const [, list = ''] = /The tokens are `--model-download-` followed by([^]*?)\n\n/.exec(await read('README.md')) ?? [];
    const listed = [...list.matchAll(/`([a-z-]+)`/g)].map((match) => match[1]);
    assert.deepEqual(listed.toSorted(), [...used].sort());
  });
});

describe('a link', () => {
  it('of the README and the documentation leads to a file, and to a heading of it', async () => {
    const pages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...(await filesOf('docs', '.md'))];
    const dead = [];
    for (const page of pages) {
      const text = await read(page);
      for (const [, link = ''] of text.replaceAll(/^```[^]*?^```/gm, '').matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^[a-z]+:/.test(link)) continue;
        const [path = '', anchor] = link.split('#');
        const target = path === '' ? page : join(dirname(page), path);
        if (target.startsWith('docs/reference')) continue;
        if (!existsSync(join(root, target))) dead.push(`${page}: ${link}`);
        else if (anchor && target.endsWith('.md') && !anchorsOf(await read(target)).includes(anchor)) dead.push(`${page}: ${link}`);
      }
    }
    assert.deepEqual(dead, []);
  });
});
