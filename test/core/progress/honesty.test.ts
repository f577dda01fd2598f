import { expect } from 'chai';
import { MultiFileProgressTracker, type AggregateProgressInfo, type PlanEntry } from 'model-download/core';
import { FakeClock } from '../../support/fake-clock.js';
import { done, download, initiate, progress, progressTotal, randomFrom } from '../../support/transformers-events.js';

const FILES = ['config.json', 'tokenizer.json', 'onnx/encoder_model.onnx', 'onnx/decoder_model_merged.onnx', 'onnx/model.onnx_data'];

/** A stream of events that no runtime would send, the same for the same seed. */
function* oddEvents(random: () => number): Iterable<unknown> {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  for (let count = 0; count < 120; count++) {
    const file = pick(FILES);
    const size = Math.floor(random() * 10_000_000);
    yield pick([
      () => initiate(file),
      () => download(file),
      () => progress(file, Math.floor(random() * size), size),
      () => progress(file, size, size),
      () => progress(file, size, Math.floor(size / 2)),
      () => progress(file, Number.NaN, size),
      () => progress(file, -size, size),
      () => done(file),
      () => progressTotal({ [file]: size, [pick(FILES)]: Math.floor(random() * 3) }),
      () => ({ status: pick(['', 'error', 'cached', 'progress']), file }),
    ])();
  }
}

/** Snapshots along one odd stream, some taken while time passes in silence. */
function replay(seed: number): AggregateProgressInfo[] {
  const random = randomFrom(seed);
  const clock = new FakeClock();
  const planned = FILES.filter(() => random() < 0.6);
  const plan: PlanEntry[] = planned.map((file) => ({
    file,
    ...(random() < 0.8 ? { size: Math.floor(random() * 10_000_000) } : {}),
    cached: random() < 0.2,
  }));
  const tracker = new MultiFileProgressTracker(undefined, { clock, plan });
  const snapshots: AggregateProgressInfo[] = [];
  for (const event of oddEvents(random)) {
    clock.advance(random() * 900);
    tracker.handleFileProgress(event);
    snapshots.push(tracker.getSnapshot());
  }
  clock.advance(random() * 20_000);
  snapshots.push(tracker.getSnapshot());
  return snapshots;
}

describe('with any events of a runtime', () => {
  let runs: readonly { seed: number; snapshots: readonly AggregateProgressInfo[] }[] = [];

  before(() => {
    runs = Array.from({ length: 400 }, (_, seed) => ({ seed, snapshots: replay(seed) }));
  });

  it('the percentage never falls', () => {
    for (const { seed, snapshots } of runs) {
      let highest = 0;
      for (const { overallProgress } of snapshots) {
        if (overallProgress === undefined || overallProgress === 100) continue;
        expect(overallProgress, `seed ${seed}`).to.be.at.least(highest);
        highest = overallProgress;
      }
    }
  });

  it('the percentage is 100 only after the last known byte', () => {
    for (const { seed, snapshots } of runs) {
      for (const { overallProgress, status } of snapshots) {
        if (overallProgress !== 100) continue;
        expect(status, `seed ${seed}`).to.be.oneOf(['loading', 'ready']);
      }
    }
  });

  it('the bytes never fall, and never exceed the shown total', () => {
    for (const { seed, snapshots } of runs) {
      let before = 0;
      for (const { totalDownloaded, totalSize } of snapshots) {
        expect(totalDownloaded, `seed ${seed}`).to.be.at.least(before);
        if (totalSize !== undefined) expect(totalDownloaded, `seed ${seed}`).to.be.at.most(totalSize);
        before = totalDownloaded;
      }
    }
  });

  it('every number is finite, and never NaN or negative', () => {
    for (const { seed, snapshots } of runs) {
      for (const info of snapshots) {
        const { overallProgress, totalSize, speed, timeRemaining, bytesFromCache, bytesFromNetwork } = info;
        for (const value of [overallProgress, totalSize, speed, timeRemaining, bytesFromCache, bytesFromNetwork]) {
          if (value === undefined) continue;
          expect(Number.isFinite(value) && value >= 0, `seed ${seed}: ${value}`).to.equal(true);
        }
      }
    }
  });

  it('bytes from the cache and from the network are all bytes', () => {
    for (const { snapshots } of runs) {
      for (const { bytesFromCache, bytesFromNetwork, totalDownloaded } of snapshots) {
        expect(bytesFromCache + bytesFromNetwork).to.equal(totalDownloaded);
      }
    }
  });

  it('no time left is reported unless bytes arrive', () => {
    for (const { snapshots } of runs) {
      for (const { status, stalled, timeRemaining } of snapshots) {
        if (status !== 'download' || stalled) expect(timeRemaining).to.equal(undefined);
      }
    }
  });
});
