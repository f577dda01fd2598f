// A cache can have the entry of one release and the chunks of another, which would take its names for others.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';

const folder = join(import.meta.dirname, '../../dist/cdn');

/** The chunks that receive names of the entry, with the place of the release among them. */
async function chunksOfEntry() {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.js'));
  const texts = await Promise.all(files.map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') })));
  return texts.flatMap(({ name, text }) => {
    const [, place, release] = /^export default \(?async function\s?\((?:\w+),?\w*\)\s?\{if\(\w+\[(\d+)\]!==(\d+)\)/.exec(text) ?? [];
    return place === undefined ? [] : [{ name, place: Number(place), release: Number(release) }];
  });
}

describe('the chunks for a CDN', () => {
  it('are all of one release, and refuse the names of another one', async () => {
    const chunks = await chunksOfEntry();
    assert.ok(chunks.length >= 10, `found ${chunks.map(({ name }) => name).join()}`);
    assert.equal(new Set(chunks.map(({ place, release }) => `${place} ${release}`)).size, 1);
    for (const { name, place, release } of chunks) {
      const { default: load } = await import(pathToFileURL(join(folder, name)).href);
      const names = new Array(place).fill(() => undefined);
      await assert.rejects(load([...names, release + 1]), { message: 'The chunk is of another release' }, name);
      await assert.rejects(load(names), { message: 'The chunk is of another release' }, name);
    }
  });

  it('are of the release of both scripts', async () => {
    const [{ place, release }] = await chunksOfEntry();
    for (const name of ['model-download.js', 'model-download.iife.js']) {
      const text = await readFile(join(folder, name), 'utf8');
      const lists = [...text.matchAll(/\[([\w$]+(?:,[\w$]+){50,}),(\d+)\]/g)];
      assert.deepEqual(
        lists.map(([, names, own]) => [names.split(',').length, Number(own)]),
        [[place, release]],
        name,
      );
    }
  });
});
