// The code in docs/frameworks.md is the code of the apps in demo/, which other tests build and use.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';

const root = new URL('../../', import.meta.url);
const read = (path) => readFile(new URL(path, root), 'utf8');
const text = await read('docs/frameworks.md');
const blocks = [...text.matchAll(/^```\w+ (demo\/\S+)\n([\s\S]*?)^```/gm)];

/** Leaves out empty lines and indentation. */
const lines = (code) => code.split('\n').map((line) => line.trim()).filter(Boolean);

describe('docs/frameworks.md', () => {
  it('has code of every app', () => {
    const apps = new Set(blocks.map(([, path]) => path.split('/')[1]));
    assert.deepEqual([...apps].sort(), ['angular', 'astro', 'next', 'react', 'svelte', 'vue']);
  });

  for (const [, path, code] of blocks) {
    it(`shows lines of ${path} in their order`, async () => {
      const source = lines(await read(path));
      let at = -1;
      for (const line of lines(code)) {
        const next = source.indexOf(line, at + 1);
        assert.ok(next > at, `“${line}” follows in ${path}`);
        at = next;
      }
    });
  }
});
