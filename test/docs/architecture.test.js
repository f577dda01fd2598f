// docs/architecture.md names files that exist, and follows a byte through at most 20 files, whose first lines have “In” and “Out”.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
const pathOf = (/** @type {string} */ name) => join(root, name.startsWith('src/') ? name : `src/${name}`);

describe('docs/architecture.md', () => {
  it('names files that exist', () => {
    const names = [...page.matchAll(/`([a-z-]+(?:\/[a-z-]+)+\.ts)`/g)].map(([, name]) => name);
    assert.ok(names.length > 30, `${names.length} names`);
    assert.deepEqual(
      names.filter((name) => !existsSync(pathOf(name))),
      [],
    );
  });

  it('follows a byte through at most 20 files, each of which begins with its input and its output', () => {
    const [, section = ''] = /## One byte[^\n]*\n([\s\S]*?)\n## /.exec(page) ?? [];
    const files = [...section.matchAll(/^\d+\. `([^`]+)`/gm)].map(([, name]) => name);
    assert.ok(files.length > 10 && files.length <= 20, `${files.length} files`);
    assert.deepEqual(
      files.filter((name) => !/^\/\/ In: .+ Out: /.test(readFileSync(pathOf(name), 'utf8'))),
      [],
    );
  });
});
