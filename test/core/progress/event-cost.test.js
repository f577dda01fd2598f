// The cost of an event must not depend on the number of files of a load. It is counted in files that are read, not in time.
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { FileProgress } from '../../../dist/core/progress/file-progress.js';
import { MultiFileProgressTracker } from '../../../dist/core/index.js';

const getters = ['phase', 'loaded', 'size', 'cached', 'bytesFromDevice', 'isReceiving', 'isAwaited'];
const originals = Object.getOwnPropertyDescriptors(FileProgress.prototype);

/** Counts the different files that are read while `act` runs. */
function filesTouched(act) {
  const touched = new Set();
  for (const name of getters) {
    const { get } = originals[name];
    Object.defineProperty(FileProgress.prototype, name, {
      configurable: true,
      get() {
        touched.add(this);
        return get.call(this);
      },
    });
  }
  act();
  return touched.size;
}

/** A load of `count` files, and how many of them each kind of event reads. */
function costs(count, onAggregate) {
  const plan = Array.from({ length: count }, (_, index) => ({ file: `onnx/model_${index}.onnx`, size: 1_000_000 }));
  const tracker = new MultiFileProgressTracker(onAggregate, { plan, hasTransfer: true });
  const about = { name: 'org/model', file: plan[0].file };
  const events = [
    { status: 'initiate', ...about },
    { status: 'download', ...about },
    { status: 'progress', ...about, loaded: 1_000, total: 1_000_000 },
    { status: 'transfer', ...about, phase: 'receiving', loaded: 2_000, stored: 0, total: 1_000_000 },
    { status: 'done', ...about },
  ];
  // The first callback describes every file once.
  tracker.handleFileProgress({ status: 'initiate', name: 'org/model', file: plan.at(-1).file });
  return events.map((event) => filesTouched(() => tracker.handleFileProgress(event)));
}

describe('an event', () => {
  afterEach(() => Object.defineProperties(FileProgress.prototype, originals));

  for (const [who, onAggregate] of /** @type {[string, (() => void) | undefined][]} */ ([
    ['no callback', undefined],
    ['a callback', () => undefined],
  ])) {
    it(`reads only its own file, with 8 and with 1,000 files, with ${who}`, () => {
      assert.deepEqual(costs(8, onAggregate), [1, 1, 1, 1, 1]);
      assert.deepEqual(costs(1_000, onAggregate), [1, 1, 1, 1, 1]);
    });

    it(`reads the clock once, with ${who}`, () => {
      let reads = 0;
      const now = () => {
        reads += 1;
        return 1_000;
      };
      const tracker = new MultiFileProgressTracker(onAggregate, {
        plan: [{ file: 'a.onnx', size: 1_000 }],
        clock: { now, setTimeout, clearTimeout },
      });
      const about = { name: 'org/model', file: 'a.onnx' };
      const events = [
        { status: 'initiate', ...about },
        { status: 'progress', ...about, loaded: 500, total: 1_000 },
        { status: 'done', ...about },
      ];
      for (const event of events) {
        reads = 0;
        tracker.handleFileProgress(event);
        assert.equal(reads, 1, event.status);
      }
    });
  }
});
