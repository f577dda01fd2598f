// docs/loads.md keeps the lines that a run does not measure.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withResults } from '../../../tools/bench/loads/document.js';
import { rows } from '../../../tools/bench/loads/rows.js';
import { summarize } from '../../../tools/bench/loads/summary.js';
import { lineOf, readLines } from '../../../tools/bench/loads/table.js';

const [row] = rows;

/** @param {number} usable @param {{ works?: boolean, last?: number }} [changes] */
const load = (usable, { works = true, last = 100 } = {}) => ({
  ...{ works, error: works ? undefined : 'TypeError', usable, compile: 40 },
  traffic: { requests: 3, bytes: 2_000_000, ownRequests: 0, firstLarge: 50, last },
});

describe('the summary of a row', () => {
  it('compares the sides round by round', () => {
    const { ratio } = summarize(row, 'cold', { plain: [load(100), load(200), load(400)], ours: [load(150), load(200), load(200)] });
    assert.deepEqual(ratio, { median: 1, least: 0.5, most: 1.5 });
  });

  it('has the medians of the rounds', () => {
    const { plain } = summarize(row, 'cold', { plain: [load(300), load(200), load(900)], ours: [load(1)] });
    assert.ok(typeof plain !== 'string');
    assert.deepEqual([plain.usable, plain.after], [300, 200]);
  });

  it('has no ratio if a load fails', () => {
    const { plain, ratio } = summarize(row, 'offline', { plain: [load(10, { works: false })], ours: [load(10)] });
    assert.deepEqual([plain, ratio], ['TypeError', undefined]);
  });
});

/** @param {import('../../../tools/bench/loads/rows.js').Row} row @param {number} ours */
const measured = (row, ours) => summarize(row, 'cold', { plain: [load(100)], ours: [load(ours)] });

describe('docs/loads.md', () => {
  it('contains both figures of a line', () => {
    const line = lineOf(measured(row, 150));
    assert.deepEqual(line.slice(0, 6), ['base', '1.7', '2', 'cold', '1.50 (1.50 … 1.50)', '0.10 → 0.15']);
  });

  it('keeps the lines that a run has not measured, in the order of the rows', () => {
    const first = withResults('', [measured(rows[1], 150)]);
    const second = withResults(first, [measured(rows[0], 90)]);
    assert.deepEqual(
      readLines(second).map(([, size, version, visit]) => [size, version, visit]),
      [
        ['1.7', '2', 'cold'],
        ['1.7', '3', 'cold'],
      ],
    );
    assert.match(second, /1 of these lines are slower with this package, at most 1\.50 times/);
  });

  it('replaces a line that is measured again', () => {
    const text = withResults(withResults('', [measured(row, 150)]), [measured(row, 90)]);
    assert.deepEqual(readLines(text).length, 1);
    assert.match(text, /0\.90 \(0\.90 … 0\.90\)/);
  });

  it('removes rows that are not defined any more', () => {
    assert.deepEqual(readLines(withResults(withResults('', [measured(row, 150)]), [], rows.slice(1))), []);
  });
});

describe('the rows', () => {
  it('differ from the base in one or two properties', () => {
    const properties = ['latency', 'rate', 'connectionRate', 'protocol', 'realm', 'side', 'redirects', 'compresses', 'allowsLocal'];
    for (const one of rows) {
      const differences = properties.filter((name) => one[name] !== row[name]).length;
      assert.ok(differences <= 2 && differences > 0 === (one.name !== 'base'), one.name);
    }
  });
});
