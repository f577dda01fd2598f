import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Chromium } from '../../tools/judge/estimators/chromium.js';
import { Firefox } from '../../tools/judge/estimators/firefox.js';
import { estimators } from '../../tools/judge/estimators/index.js';
import { Indicatif } from '../../tools/judge/estimators/indicatif.js';
import { Tqdm } from '../../tools/judge/estimators/tqdm.js';
import { Uppy } from '../../tools/judge/estimators/uppy.js';

const MB = 1_000_000;

/**
 * Receives 100 MB at 1 MB/s, a chunk every 100 ms.
 *
 * @param {import('../../tools/judge/estimators/index.js').Estimator} estimator
 * @param {number} seconds
 * @param {number} [from] The second at which it continues, with the bytes of the seconds before.
 */
function feed(estimator, seconds, from = 0) {
  for (let time = from * 1_000 + 100; time <= (from + seconds) * 1_000; time += 100)
    estimator.add(time, time * 1_000, 100 * MB - time * 1_000);
  return (from + seconds) * 1_000;
}

describe('the other estimators', () => {
  for (const [name, Estimator] of Object.entries(estimators)) {
    it(`${name} is right on a steady link in the end`, () => {
      const estimator = new Estimator(0);
      const now = feed(estimator, 60);
      const error = Math.abs((estimator.read(now) ?? NaN) - 40);
      // Chromium counts the second under way as a whole, Uppy filters twice, Firefox clings.
      assert.ok(error < 4.5, `${error} s off`);
    });
  }

  it('tqdm divides bias-corrected averages, and shows its last figure', () => {
    const tqdm = new Tqdm(0);
    tqdm.add(1_000, MB, 9 * MB);
    assert.equal(tqdm.read(), 9);
    tqdm.add(1_050, 2 * MB, 8 * MB);
    assert.equal(tqdm.read(), 9);
    tqdm.add(2_000, 4 * MB, 6 * MB);
    // 0.3 of the last and 0.21 of the one before, divided by their sum: (0.3·3 + 0.21·1) / 0.51 MB/s.
    assert.ok(Math.abs((tqdm.read() ?? NaN) - 6 / (1.11 / 0.51)) < 1e-9);
  });

  it('Uppy shows its last figure while no bytes arrive, and a very long one afterwards', () => {
    const uppy = new Uppy(0);
    feed(uppy, 10);
    const before = uppy.read() ?? NaN;
    assert.equal(uppy.read(), before);
    uppy.add(60_000, 10.1 * MB, 89.9 * MB);
    assert.ok((uppy.read() ?? NaN) > 5 * before);
  });

  it('Chromium has ten buckets of one second, and no estimate while they are empty', () => {
    const chromium = new Chromium(0);
    chromium.add(100, MB, 9 * MB);
    assert.equal(chromium.read(100), 9);
    assert.equal(chromium.read(3_500), 36);
    assert.equal(chromium.read(10_500), undefined);
  });

  it('indicatif counts silence as steps of zero bytes', () => {
    const indicatif = new Indicatif(0);
    const now = feed(indicatif, 30);
    const [before, after] = [indicatif.read(now) ?? NaN, indicatif.read(now + 5_000) ?? NaN];
    assert.ok(Math.abs(before - 70) < 0.5);
    assert.ok(after > 1.3 * before);
  });

  it('Firefox changes its last estimate by a little at a time', () => {
    const firefox = new Firefox(0);
    firefox.add(400, 0.4 * MB, 10 * MB);
    assert.equal(firefox.read(), 10);
    firefox.add(800, 0.8 * MB, 9.6 * MB);
    assert.ok(Math.abs((firefox.read() ?? NaN) - 9.6) < 1e-9);
    firefox.add(1_200, 6.8 * MB, 3.6 * MB);
    assert.ok(Math.abs((firefox.read() ?? NaN) - 3.6 / 2.4) < 1e-9, 'unless it is less than half');
  });
});
