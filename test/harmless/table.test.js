// docs/harmless.md keeps the rows that a run does not measure.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { finder, readDocument, withResults } from './document.js';
import { readSection } from './table.js';

const visit = {
  works: true,
  isSettled: true,
  took: 1_000,
  bytes: 5,
  listingBytes: 0,
  requests: 3,
  redirects: 0,
  preflights: 0,
  listings: 0,
  configs: 1,
  asked: {},
};

/** @param {string} name @param {2 | 3 | 4} version @param {string[]} [wrong] */
const result = (name, version, wrong = []) => ({ row: { name }, version, plain: [visit, visit], ours: [visit, visit], wrong });

/** @type {import('./rows/row.js').Row[]} */
const rows = [{ name: 'a, b' }, { name: 'a', versions: [2, 3] }, { name: 'secure', engines: ['chromium'] }];

/** @param {string} text @param {string} browser */
const linesOf = (text, browser) => readSection(text, browser).map(({ name, version, wrong }) => [name, version, ...wrong]);

describe('docs/harmless.md', () => {
  it('keeps every row when it is written', async () => {
    const text = await readDocument();
    for (const browser of ['Chromium', 'Firefox', 'WebKitGTK']) {
      const entries = readSection(text, browser);
      assert.ok(entries.length > 0);
      assert.deepEqual(readSection(withResults(text, 'chromium', []), browser), entries);
    }
  });

  it('keeps the rows that a run has not measured, in all browsers, in the order of their definitions', () => {
    const first = withResults('', 'chromium', [result('a', 3, ['visit 1: more bytes']), result('a, b', 4, ['visit 2: fails'])], rows);
    const second = withResults(first, 'firefox', [result('a', 2)], rows);
    const third = withResults(second, 'chromium', [result('a, b', 2)], rows);
    assert.deepEqual(linesOf(third, 'Chromium'), [
      ['a, b', 2],
      ['a, b', 4, 'visit 2: fails'],
      ['a', 3, 'visit 1: more bytes'],
    ]);
    assert.deepEqual(linesOf(third, 'Firefox'), [['a', 2]]);
    assert.match(third, /3 of 8 rows/);
    assert.match(third, /1 of 5 rows/);
  });

  it('replaces the rules that a row broke when it is measured again', () => {
    const first = withResults('', 'chromium', [result('a', 3, ['visit 1: more bytes'])], rows);
    assert.deepEqual(linesOf(withResults(first, 'chromium', [result('a', 3)], rows), 'Chromium'), [['a', 3]]);
  });

  it('removes rows that are not defined any more', () => {
    const first = withResults(
      '',
      'chromium',
      [result('a', 3), result('gone', 3), result('a', 4)],
      [...rows, { name: 'gone' }, { name: 'a' }],
    );
    assert.deepEqual(linesOf(withResults(first, 'chromium', [], rows), 'Chromium'), [['a', 3]]);
  });

  it('lists the rows that work only without the package, whether or not a rule allows it', () => {
    const failed = { ...visit, works: false };
    const worse = { ...result('a', 2), ours: [visit, failed] };
    const both = { ...result('a', 3), plain: [failed, failed], ours: [failed, failed] };
    const text = withResults('', 'chromium', [worse, both, result('a, b', 2)], rows);
    const [, alone] = /### Where it fails and Transformers\.js alone works in Chromium\n\n([^#]+)/.exec(text) ?? [];
    assert.equal(alone?.trim(), '- a, version 2');
    assert.match(text, /alone works in 2 of them, and with\nthis package in 2\./);
    assert.deepEqual(linesOf(text, 'Chromium'), [
      ['a, b', 2],
      ['a', 2],
      ['a', 3],
    ]);
  });

  it('counts the rows that are still to be measured', () => {
    const isKept = finder(withResults('', 'firefox', [result('a', 3)], rows), 'firefox');
    assert.deepEqual([isKept({ name: 'a' }, 3), isKept({ name: 'a' }, 2), isKept({ name: 'a, b' }, 3)], [true, false, false]);
  });
});
