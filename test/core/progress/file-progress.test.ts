import { expect } from 'chai';
import { MultiFileProgressTracker, type FileProgressInfo, type MultiFileProgressTrackerOptions } from 'model-download/core';
import { FakeClock } from '../../support/fake-clock.js';

const FILE = 'onnx/model.onnx';
const about = { name: 'org/model', file: FILE };

/** One file of a load, after its events. */
class OneFile {
  readonly #tracker: MultiFileProgressTracker;

  constructor(options: MultiFileProgressTrackerOptions = {}) {
    this.#tracker = new MultiFileProgressTracker(undefined, { clock: new FakeClock(), ...options });
  }

  hear(status: string, more: object = {}): FileProgressInfo | undefined {
    this.#tracker.handleFileProgress({ status, ...about, ...more });
    return this.now;
  }

  get now(): FileProgressInfo | undefined {
    return this.#tracker.getSnapshot().files[0];
  }

  get fromCache(): number {
    return this.#tracker.getSnapshot().bytesFromCache;
  }
}

const transfer = (phase: string, loaded: number, total?: number, more: object = {}): object => ({
  phase,
  loaded,
  stored: 0,
  total,
  ...more,
});

describe('a file that is done', () => {
  const finished = (): OneFile => {
    const file = new OneFile();
    file.hear('progress', { loaded: 100, total: 100 });
    file.hear('done');
    return file;
  };

  it('has the received bytes as its size', () => {
    expect(finished().now).to.include({ status: 'loading', loaded: 100, total: 100, progress: 100 });
  });

  it('is not restarted by a late download event', () => {
    expect(finished().hear('download')).to.include({ status: 'loading', loaded: 100, total: 100 });
  });

  it('ignores the bytes of a second reading', () => {
    expect(finished().hear('progress', { loaded: 150, total: 200 })).to.include({ status: 'loading', loaded: 100, total: 100 });
  });

  it('ignores late bytes of the transfer layer', () => {
    expect(finished().hear('transfer', transfer('receiving', 150, 200))).to.include({ status: 'loading', loaded: 100, total: 100 });
  });

  it('ignores a second end', () => {
    const file = new OneFile();
    file.hear('progress', { loaded: 40, total: 100 });
    file.hear('transfer', transfer('done', 40));
    expect(file.hear('done')).to.include({ status: 'loading', loaded: 40, total: 40 });
  });

  it('has the bytes of its declared size if no event reported the last ones', () => {
    const file = new OneFile();
    file.hear('progress', { loaded: 40, total: 100 });
    expect(file.hear('done')).to.include({ loaded: 100, total: 100 });
  });

  it('has the bytes of its plan if no event reported any', () => {
    const file = new OneFile({ plan: [{ file: FILE, size: 70 }] });
    expect(file.hear('done')).to.include({ loaded: 70, total: 70 });
  });

  it('has the received bytes if a plan lists more', () => {
    const file = new OneFile({ plan: [{ file: FILE, size: 70 }] });
    file.hear('progress', { loaded: 40 });
    expect(file.hear('done')).to.include({ loaded: 40, total: 40 });
  });
});

describe('the bytes of a file', () => {
  it('never fall', () => {
    const file = new OneFile();
    file.hear('progress', { loaded: 50, total: 100 });
    expect(file.hear('progress', { loaded: 20, total: 100 })?.loaded).to.equal(50);
    expect(file.hear('transfer', transfer('receiving', 30, 100))?.loaded).to.equal(50);
  });

  it('come from this device if none came over the observed network', () => {
    const file = new OneFile({ hasTransfer: true });
    expect(file.hear('initiate')?.cached).to.equal(false);
    expect(file.hear('progress', { loaded: 50, total: 100 })?.cached).to.equal(true);
    expect(file.fromCache).to.equal(50);
  });

  it('come from the network once the transfer layer reports them, except for the stored ones', () => {
    const file = new OneFile({ hasTransfer: true, plan: [{ file: FILE, size: 100, cached: true }] });
    expect(file.hear('transfer', transfer('receiving', 60, 100, { stored: 20 }))?.cached).to.equal(false);
    expect(file.fromCache).to.equal(20);
  });

  it('come from this device if the plan lists them as cached and the network is not observed', () => {
    const file = new OneFile({ plan: [{ file: FILE, size: 100, cached: true }] });
    expect(file.hear('progress', { loaded: 50, total: 100 })?.cached).to.equal(true);
    expect(file.fromCache).to.equal(50);
  });
});

describe('the size of a file', () => {
  it('is unknown if the total grows with the bytes', () => {
    const file = new OneFile();
    file.hear('progress', { loaded: 10, total: 10 });
    expect(file.hear('progress', { loaded: 30, total: 30 })?.total).to.equal(undefined);
  });

  it('is unknown if two totals are reported', () => {
    const file = new OneFile();
    expect(file.hear('progress', { loaded: 10, total: 100 })?.total).to.equal(100);
    expect(file.hear('progress', { loaded: 20, total: 120 })?.total).to.equal(undefined);
  });

  it('is unknown once more bytes than a declared total have arrived', () => {
    const file = new OneFile();
    file.hear('progress', { loaded: 10, total: 100 });
    expect(file.hear('progress', { loaded: 120 })?.total).to.equal(undefined);
  });

  it('is an estimate of the transfer layer until more bytes have arrived', () => {
    const file = new OneFile();
    expect(file.hear('transfer', transfer('receiving', 10, 50, { totalIsExact: false }))?.total).to.equal(50);
    expect(file.hear('transfer', transfer('receiving', 50, undefined))?.total).to.equal(50);
    expect(file.hear('transfer', transfer('receiving', 60, undefined))?.total).to.equal(undefined);
  });

  it('is the plan’s, rather than an estimate or what a compressed body declares', () => {
    const file = new OneFile({ plan: [{ file: FILE, size: 200 }] });
    expect(file.hear('transfer', transfer('receiving', 10, 50, { totalIsExact: false }))?.total).to.equal(200);
    expect(file.hear('progress', { loaded: 20, total: 50 })?.total).to.equal(200);
  });

  it('is the exact size of the transfer layer, rather than the plan’s', () => {
    const file = new OneFile({ plan: [{ file: FILE, size: 200 }] });
    expect(file.hear('transfer', transfer('receiving', 10, 150))?.total).to.equal(150);
  });

  it('is not the plan’s once the bytes exceed it', () => {
    const file = new OneFile({ plan: [{ file: FILE, size: 20 }] });
    expect(file.hear('progress', { loaded: 30 })?.total).to.equal(undefined);
  });
});

describe('a file that the server does not have', () => {
  it('waits, and is not expected any more', () => {
    const file = new OneFile();
    file.hear('transfer', transfer('waiting', 0));
    expect(file.hear('transfer', transfer('absent', 0))).to.include({ status: 'waiting', loaded: 0 });
  });
});
