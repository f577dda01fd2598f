// The figures of the README's table "Why" are those of docs/harmless.md, which a run has measured.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const root = join(import.meta.dirname, '../..');
const VERSION = '4';

/** The beginning of a row of the README → the row of docs/harmless.md, and the columns with its figures. */
const SOURCES = {
  'none, a model': ['all is ordinary, 12 MB', 'first'],
  'the connection breaks': ['hub: JSON as gzip, large files elsewhere, one cut', 'first', 'second'],
  'a server does not answer': ['weights are not answered once', 'first'],
  'a file with external data': ['external data is 404', 'first'],
  'the weights pause': ['weights pause for 40 s', 'first'],
  'the disk is full': ['caches are full', 'first'],
  'two tabs load': ['two tabs at once', 'first'],
  'the next visit': ['all is ordinary', 'second'],
};

const sectionOf = (text, title) => text.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
const cellsOf = (line) =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

/** The rows of a table, without its head. */
const rowsOf = (text) =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map(cellsOf);

/** The figures of a text with their units. */
const figuresOf = (text) => [...text.matchAll(/\d+(?:\.\d+)? (?:MB|B|s)\b|\d+ requests/g)].map(([figure]) => figure);

describe('the table "Why" of the README', async () => {
  const readme = sectionOf(await readFile(join(root, 'README.md'), 'utf8'), 'Why');
  const measured = sectionOf(await readFile(join(root, 'docs/harmless.md'), 'utf8'), 'Chromium').split('\n### ')[0];
  const rows = rowsOf(readme);

  it('has the rows whose sources are known', () => {
    assert.equal(rows.length, Object.keys(SOURCES).length);
  });

  it('states the number of rows that were measured', () => {
    const [, count] = /compares both on (\d+) rows/.exec(readme) ?? [];
    assert.equal(Number(count), rowsOf(measured).length);
  });

  for (const [beginning, [name, ...visits]] of Object.entries(SOURCES)) {
    it(`has the figures of "${name}"`, () => {
      const row = rows.find(([event]) => event.startsWith(beginning));
      assert.ok(row, `the README has no row "${beginning}"`);
      const source = rowsOf(measured).find(([event, version]) => event === name && version === VERSION);
      assert.ok(source, `docs/harmless.md has no row "${name}"`);
      const [, , firstAlone, firstOurs, secondAlone, secondOurs] = source;
      const [alone, ours] = visits[0] === 'first' ? [firstAlone, firstOurs] : [secondAlone, secondOurs];
      const all = `${firstAlone} ${firstOurs} ${visits.includes('second') ? `${secondAlone} ${secondOurs}` : ''}`;
      const stated = figuresOf(row.slice(0, 3).join(' ')).filter((figure) => figure !== '40 s');
      for (const figure of stated) {
        const isMeasured = figure.endsWith('requests') ? secondAlone.split(', ')[1] === figure.split(' ')[0] : all.includes(figure);
        assert.ok(isMeasured, `${figure} is not in: ${all}`);
      }
      // A load that fails, hangs or works is said to do so.
      for (const [cell, result] of [
        [row[1], alone],
        [row[2], ours],
      ]) {
        const state = /^(fails|hangs)/.exec(result)?.[1];
        if (state) assert.ok(cell.startsWith(state), `"${cell}", but it ${state}`);
        else assert.doesNotMatch(cell, /^(fails|hangs)/);
      }
    });
  }
});
