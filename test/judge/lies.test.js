// A judge is worth something only if it catches a tracker that lies.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MultiFileProgressTracker } from '../../dist/core/index.js';
import { criteria } from '../../tools/judge/criteria.js';
import { judgeAll } from '../../tools/judge/judge-trace.js';
import { defeats } from '../../tools/judge/rank.js';
import { steadyTrace } from './steady-trace.js';

/** @typedef {import('../../tools/judge/replay.js').Snapshot} Snapshot */

/**
 * The real tracker, whose snapshots are changed on their way to the screen.
 *
 * @param {(shown: Snapshot, time: number) => Partial<Snapshot>} lie
 * @returns {import('../../tools/judge/replay.js').MakeTracker}
 */
function liar(lie) {
  return (options) => {
    const tracker = new MultiFileProgressTracker(undefined, options);
    return {
      handleFileProgress: (event) => tracker.handleFileProgress(event),
      complete: () => tracker.complete(),
      error: (cause) => tracker.error(cause),
      getSnapshot() {
        const shown = tracker.getSnapshot();
        return { ...shown, ...lie(shown, options.clock?.now() ?? 0) };
      },
    };
  };
}

/**
 * The rules that are broken.
 *
 * @param {import('../../tools/judge/replay.js').MakeTracker} [makeTracker]
 * @param {import('../../tools/traces/read-trace.js').Trace} [trace]
 */
function broken(makeTracker, trace = steadyTrace()) {
  const judgements = judgeAll([trace], makeTracker);
  return criteria.filter(({ breaches }) => breaches(judgements).length > 0).map(({ name }) => name);
}

/**
 * @param {string[]} names
 * @param {RegExp} expected
 */
function assertCaught(names, expected) {
  assert.ok(
    names.some((name) => expected.test(name)),
    `caught is only: ${names.join('; ')}`,
  );
}

const plus = (/** @type {number | undefined} */ value, /** @type {number} */ more) => (value === undefined ? undefined : value + more);

describe('the judge', () => {
  it('reports no fault of the truth', () => {
    assert.deepEqual(broken(), []);
    assert.deepEqual(broken(undefined, steadyTrace({ size: 3_000_000, speed: 200_000 })), []);
  });

  it('detects a percentage that falls', () => {
    assertCaught(
      broken(liar(({ overallProgress }, time) => ({ overallProgress: plus(overallProgress, time > 5_000 && time < 5_200 ? -0.9 : 0) }))),
      /never falls/,
    );
  });

  it('detects 100 % with a missing byte, if only for a moment', () => {
    const early = liar(({ overallProgress }) => ({
      overallProgress: overallProgress !== undefined && overallProgress > 98 ? 100 : overallProgress,
    }));
    assertCaught(broken(early), /never 100 while/);
  });

  it('detects a percentage that is ahead, or behind', () => {
    for (const more of [3, -3]) {
      const names = broken(
        liar(({ overallProgress }) => ({
          overallProgress: overallProgress === 100 ? 100 : Math.max(0, overallProgress === undefined ? 0 : overallProgress + more),
        })),
      );
      assertCaught(names, /mean error in points/);
      assertCaught(names, /greatest error in points/);
      assertCaught(names, /an estimator that knows all sizes/);
    }
  });

  it('detects an invented percentage without a plan', () => {
    assertCaught(broken(liar(({ overallProgress }) => ({ overallProgress: overallProgress ?? 50 }))), /without a plan/);
  });

  it('detects a hidden percentage', () => {
    assertCaught(
      broken(liar(({ overallProgress }, time) => ({ overallProgress: time > 2_000 && time < 4_000 ? undefined : overallProgress }))),
      /visible/,
    );
  });

  it('detects a time left that is wrong, unsteady or far off', () => {
    assertCaught(
      broken(liar(({ timeRemaining }) => ({ timeRemaining: timeRemaining === undefined ? undefined : timeRemaining * 1.2 }))),
      /relative error/,
    );
    assertCaught(broken(liar(({ timeRemaining }) => ({ timeRemaining: plus(timeRemaining, 2) }))), /mean error in seconds/);
    assertCaught(broken(liar(({ timeRemaining }, time) => ({ timeRemaining: plus(timeRemaining, (time / 100) % 2) }))), /volatility/);
    assertCaught(broken(liar(({ timeRemaining }) => ({ timeRemaining: plus(timeRemaining, 40) }))), /3 times the truth/);
    assertCaught(broken(liar((_, time) => ({ timeRemaining: time > 8_000 ? 1 : undefined }))), /80 % of the marks/);
  });

  it('detects an estimator that is worse than the others', () => {
    const worse = judgeAll(
      [steadyTrace()],
      liar(({ timeRemaining }) => ({ timeRemaining: timeRemaining === undefined ? undefined : timeRemaining * 1.5 })),
    );
    assert.ok(defeats(worse).some(({ column, rival }) => column === 'at 50 %' && rival === 'tqdm'));
  });
});
