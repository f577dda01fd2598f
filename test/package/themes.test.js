// The themes: style sheets of the package that set only tokens of the elements.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'node:test';

const folder = new URL('../../themes/', import.meta.url);
const names = await readdir(folder);
const manifest = JSON.parse(await readFile(new URL('../../custom-elements.json', import.meta.url), 'utf8'));
const tokens = new Set(
  manifest.modules.flatMap(({ declarations }) => declarations).flatMap(({ cssProperties = [] }) => cssProperties.map(({ name }) => name)),
);

describe('the themes', () => {
  it('are those of the documentation', async () => {
    const page = await readFile(new URL('../../docs/how-to/look.md', import.meta.url), 'utf8');
    const documented = [...page.matchAll(/`model-download\/themes\/([\w-]+\.css)`/g)].map(([, name]) => name);
    assert.deepEqual([...names].sort(), documented.sort());
  });

  for (const name of names) {
    it(`can be imported by the name of the package, as ${name}`, () => {
      assert.equal(fileURLToPath(import.meta.resolve(`model-download/themes/${name}`)), fileURLToPath(new URL(name, folder)));
    });

    it(`set known tokens only, each to a value that applies without the other library, in ${name}`, async () => {
      const css = await readFile(new URL(name, folder), 'utf8');
      const set = [...css.matchAll(/^ {2}([\w-]+): (.+);$/gm)];
      assert.ok(set.length > 10);
      assert.equal(set.length, css.split('\n').filter((line) => line.endsWith(';')).length);
      for (const [, token, value] of set) {
        assert.ok(tokens.has(token), token);
        const foreign = [...value.matchAll(/var\((--(?!model-download-)[\w-]+)(.)/g)];
        assert.deepEqual(
          foreign.filter(([, , next]) => next !== ','),
          [],
          `${token} has a fallback`,
        );
      }
    });
  }
});
