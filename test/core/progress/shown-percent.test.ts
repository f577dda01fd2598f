import { expect } from 'chai';
import { MultiFileProgressTracker, type AggregateProgressInfo, type MultiFileProgressTrackerOptions } from 'model-download/core';
import { ShownPercent } from '#dist/core/progress/shown-percent.js';
import { FakeClock } from '../../support/fake-clock.js';

/** The events of a load, and its shown percentage. */
function loadOf(options: MultiFileProgressTrackerOptions = {}): (event: object) => AggregateProgressInfo {
  const tracker = new MultiFileProgressTracker(undefined, { clock: new FakeClock(), ...options });
  return (event) => {
    tracker.handleFileProgress({ name: 'org/model', ...event });
    return tracker.getSnapshot();
  };
}

const progress = (file: string, loaded: number, total: number): object => ({ status: 'progress', file, loaded, total });
const plan = (...sizes: readonly number[]): object => ({
  status: 'plan',
  files: sizes.map((size, index) => ({ file: `${index}.onnx`, size })),
});

describe('the percentage that is shown', () => {
  it('is that of the bytes', () => {
    const receive = loadOf();
    receive(plan(100, 100));
    expect(receive(progress('0.onnx', 50, 100)).overallProgress).to.equal(25);
  });

  it('does not fall when the plan grows', () => {
    const receive = loadOf();
    receive(plan(100));
    expect(receive(progress('0.onnx', 50, 100)).overallProgress).to.equal(50);
    expect(receive(plan(100, 900)).overallProgress).to.equal(50);
    expect(receive(progress('1.onnx', 600, 900)).overallProgress).to.equal(65);
  });

  it('is below 100 until the last file is done', () => {
    const receive = loadOf();
    receive(plan(100));
    expect(receive(progress('0.onnx', 100, 100)).overallProgress).to.equal(99.99);
    expect(receive({ status: 'done', file: '0.onnx' })).to.include({ overallProgress: 100, status: 'loading' });
  });

  it('is unknown after 100 % if more files arrive', () => {
    const receive = loadOf();
    receive(plan(100));
    receive(progress('0.onnx', 100, 100));
    receive({ status: 'done', file: '0.onnx' });
    expect(receive(plan(100, 900)).overallProgress).to.equal(undefined);
    expect(receive(progress('1.onnx', 450, 900)).overallProgress).to.equal(undefined);
  });

  it('is unknown after 100 %, however few bytes follow', () => {
    const receive = loadOf();
    receive(plan(1_000));
    receive(progress('0.onnx', 1_000, 1_000));
    receive({ status: 'done', file: '0.onnx' });
    expect(receive(plan(1_000, 5)).overallProgress).to.equal(undefined);
  });

  it('is unknown if every planned byte is here, and the plan was too short by more than a point', () => {
    const receive = loadOf();
    receive(plan(100));
    receive(progress('0.onnx', 100, 100));
    expect(receive(plan(100, 900)).overallProgress).to.equal(undefined);
  });

  it('stays if the plan was too short by less than a point', () => {
    const receive = loadOf();
    receive(plan(1_000));
    receive(progress('0.onnx', 1_000, 1_000));
    expect(receive(plan(1_000, 5)).overallProgress).to.equal(99.99);
  });

  it('is unknown without a plan, and with an unknown size', () => {
    expect(loadOf()(progress('0.onnx', 50, 100)).overallProgress).to.equal(undefined);
    const receive = loadOf();
    receive({ status: 'plan', files: [{ file: '0.onnx', size: 100 }, { file: '1.onnx' }] });
    expect(receive(progress('0.onnx', 50, 100))).to.include({ overallProgress: undefined, totalSize: undefined });
  });
});

describe('ShownPercent', () => {
  it('is unknown for an unknown percentage, and returns to the highest one after it', () => {
    const shown = new ShownPercent();
    shown.update(60, false);
    shown.update(undefined, false);
    expect([shown.read(undefined), shown.read(20), shown.read(70)]).to.deep.equal([undefined, 60, 70]);
  });

  it('is at most 99.99 while the load is not full', () => {
    const shown = new ShownPercent();
    shown.update(99.995, false);
    expect([shown.read(99.995), shown.read(100)]).to.deep.equal([99.99, 99.99]);
  });

  it('tolerates a plan that was too short by one point, and no more', () => {
    const shown = new ShownPercent();
    shown.update(100, false);
    expect([shown.read(99), shown.read(98.999)]).to.deep.equal([99.99, undefined]);
  });

  it('is unknown after the load was shown as full', () => {
    const shown = new ShownPercent();
    shown.update(100, true);
    shown.update(50, false);
    expect([shown.read(50), shown.read(100)]).to.deep.equal([undefined, undefined]);
  });
});
