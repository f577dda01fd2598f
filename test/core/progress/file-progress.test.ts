import { expect } from 'chai';
import {
  MultiFileProgressTracker,
  type FileProgressInfo,
  type MultiFileProgressTrackerOptions,
  type TransferSignal,
} from 'model-download/core';
import { FileProgress } from '#dist/core/progress/file-progress.js';
import { FakeClock } from '../../support/fake-clock.js';

const FILE = 'onnx/model.onnx';
const about = { name: 'org/model', file: FILE };

/** One file of a load, after its events. */
class OneFile {
  readonly #tracker: MultiFileProgressTracker;

  constructor(options: MultiFileProgressTrackerOptions = {}) {
    this.#tracker = new MultiFileProgressTracker(undefined, { clock: new FakeClock(), ...options });
  }

  receive(status: string, more: object = {}): FileProgressInfo | undefined {
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
    file.receive('progress', { loaded: 100, total: 100 });
    file.receive('done');
    return file;
  };

  it('has the received bytes as its size', () => {
    expect(finished().now).to.include({ status: 'loading', loaded: 100, total: 100, progress: 100 });
  });

  it('is not restarted by a late download event', () => {
    expect(finished().receive('download')).to.include({ status: 'loading', loaded: 100, total: 100 });
  });

  it('ignores the bytes of a second reading', () => {
    expect(finished().receive('progress', { loaded: 150, total: 200 })).to.include({ status: 'loading', loaded: 100, total: 100 });
  });

  it('ignores late bytes of the transfer layer', () => {
    expect(finished().receive('transfer', transfer('receiving', 150, 200))).to.include({ status: 'loading', loaded: 100, total: 100 });
  });

  it('ignores a second end', () => {
    const file = new OneFile();
    file.receive('progress', { loaded: 40, total: 100 });
    file.receive('transfer', transfer('done', 40));
    expect(file.receive('done')).to.include({ status: 'loading', loaded: 40, total: 40 });
  });

  it('has the bytes of its declared size if no event reported the last ones', () => {
    const file = new OneFile();
    file.receive('progress', { loaded: 40, total: 100 });
    expect(file.receive('done')).to.include({ loaded: 100, total: 100 });
  });

  it('has the bytes of its plan if no event reported any', () => {
    const file = new OneFile({ plan: [{ file: FILE, size: 70 }] });
    expect(file.receive('done')).to.include({ loaded: 70, total: 70 });
  });

  it('has the received bytes if a plan lists more', () => {
    const file = new OneFile({ plan: [{ file: FILE, size: 70 }] });
    file.receive('progress', { loaded: 40 });
    expect(file.receive('done')).to.include({ loaded: 40, total: 40 });
  });
});

describe('the bytes of a file', () => {
  it('never fall', () => {
    const file = new OneFile();
    file.receive('progress', { loaded: 50, total: 100 });
    expect(file.receive('progress', { loaded: 20, total: 100 })?.loaded).to.equal(50);
    expect(file.receive('transfer', transfer('receiving', 30, 100))?.loaded).to.equal(50);
  });

  it('come from this device if none came over the observed network', () => {
    const file = new OneFile({ hasTransfer: true });
    expect(file.receive('initiate')?.cached).to.equal(false);
    expect(file.receive('progress', { loaded: 50, total: 100 })?.cached).to.equal(true);
    expect(file.fromCache).to.equal(50);
  });

  it('come from the network once the transfer layer reports them, except for the stored ones', () => {
    const file = new OneFile({ hasTransfer: true, plan: [{ file: FILE, size: 100, cached: true }] });
    expect(file.receive('transfer', transfer('receiving', 60, 100, { stored: 20 }))?.cached).to.equal(false);
    expect(file.fromCache).to.equal(20);
  });

  it('come from this device if the plan lists them as cached and the network is not observed', () => {
    const file = new OneFile({ plan: [{ file: FILE, size: 100, cached: true }] });
    expect(file.receive('progress', { loaded: 50, total: 100 })?.cached).to.equal(true);
    expect(file.fromCache).to.equal(50);
  });
});

describe('the size of a file', () => {
  it('is unknown if the total grows with the bytes', () => {
    const file = new OneFile();
    file.receive('progress', { loaded: 10, total: 10 });
    expect(file.receive('progress', { loaded: 30, total: 30 })?.total).to.equal(undefined);
  });

  it('is unknown if two totals are reported', () => {
    const file = new OneFile();
    expect(file.receive('progress', { loaded: 10, total: 100 })?.total).to.equal(100);
    expect(file.receive('progress', { loaded: 20, total: 120 })?.total).to.equal(undefined);
  });

  it('is unknown once more bytes than a declared total have arrived', () => {
    const file = new OneFile();
    file.receive('progress', { loaded: 10, total: 100 });
    expect(file.receive('progress', { loaded: 120 })?.total).to.equal(undefined);
  });

  it('is an estimate of the transfer layer until more bytes have arrived', () => {
    const file = new OneFile();
    expect(file.receive('transfer', transfer('receiving', 10, 50, { totalIsExact: false }))?.total).to.equal(50);
    expect(file.receive('transfer', transfer('receiving', 50, undefined))?.total).to.equal(50);
    expect(file.receive('transfer', transfer('receiving', 60, undefined))?.total).to.equal(undefined);
  });

  it('is the plan’s, rather than an estimate or what a compressed body declares', () => {
    const file = new OneFile({ plan: [{ file: FILE, size: 200 }] });
    expect(file.receive('transfer', transfer('receiving', 10, 50, { totalIsExact: false }))?.total).to.equal(200);
    expect(file.receive('progress', { loaded: 20, total: 50 })?.total).to.equal(200);
  });

  it('is the exact size of the transfer layer, rather than the plan’s', () => {
    const file = new OneFile({ plan: [{ file: FILE, size: 200 }] });
    expect(file.receive('transfer', transfer('receiving', 10, 150))?.total).to.equal(150);
  });

  it('is not the plan’s once the bytes exceed it', () => {
    const file = new OneFile({ plan: [{ file: FILE, size: 20 }] });
    expect(file.receive('progress', { loaded: 30 })?.total).to.equal(undefined);
  });
});

describe('a file that the server does not have', () => {
  it('waits, and is not expected any more', () => {
    const file = new OneFile();
    file.receive('transfer', transfer('waiting', 0));
    expect(file.receive('transfer', transfer('absent', 0))).to.include({ status: 'waiting', loaded: 0 });
  });
});

describe('FileProgress', () => {
  const signal = (phase: TransferSignal['phase'], loaded: number, fields: Partial<TransferSignal> = {}): TransferSignal => ({
    status: 'transfer',
    ...about,
    phase,
    loaded,
    stored: 0,
    total: 100,
    ...fields,
  });

  describe('returns the new bytes', () => {
    it('of events of the runtime', () => {
      const file = new FileProgress(FILE);
      expect([10, 10, 5, 40].map((loaded) => file.progress(loaded, 100))).to.deep.equal([10, 0, 0, 30]);
      expect([file.done(), file.done(), file.progress(100, 100)]).to.deep.equal([60, 0, 0]);
    });

    it('from the network only, of a transfer', () => {
      const file = new FileProgress(FILE, undefined, false, true);
      expect(file.transfer(signal('waiting', 30, { stored: 30 }))).to.equal(0);
      expect(file.transfer(signal('receiving', 50, { stored: 30 }))).to.equal(20);
      expect(file.transfer(signal('receiving', 60, { stored: 45 })), 'bytes of another tab').to.equal(0);
      expect(file.transfer(signal('done', 100, { stored: 45 }))).to.equal(40);
      expect(file.transfer(signal('done', 100, { stored: 45 }))).to.equal(0);
    });

    it('by the status of an event', () => {
      const file = new FileProgress(FILE);
      expect(file.apply({ status: 'initiate', ...about })).to.equal(0);
      expect(file.apply({ status: 'download', ...about })).to.equal(0);
      expect(file.apply({ status: 'progress', ...about, loaded: 10, total: 100 })).to.equal(10);
      expect(file.apply(signal('receiving', 30))).to.equal(20);
      expect(file.apply({ status: 'done', ...about })).to.equal(70);
      expect([file.phase, file.loaded]).to.deep.equal(['done', 100]);
    });
  });

  it('never returns to an earlier phase', () => {
    const file = new FileProgress(FILE);
    expect(file.phase).to.equal('waiting');
    file.initiate();
    expect(file.phase).to.equal('initiated');
    file.download();
    file.initiate();
    expect(file.phase).to.equal('download');
    file.done();
    file.initiate();
    file.download();
    expect(file.phase).to.equal('done');
  });

  it('is only requested while a transfer waits for its first byte', () => {
    const file = new FileProgress(FILE);
    file.transfer(signal('waiting', 0));
    expect([file.phase, file.isAwaited, file.isReceiving]).to.deep.equal(['initiated', true, false]);
    file.transfer(signal('receiving', 0));
    expect([file.phase, file.isAwaited, file.isReceiving]).to.deep.equal(['download', true, true]);
    file.transfer(signal('waiting', 10));
    expect([file.phase, file.isAwaited, file.isReceiving]).to.deep.equal(['download', true, false]);
    const stored = new FileProgress(FILE);
    stored.transfer(signal('waiting', 10, { stored: 10 }));
    expect(stored.phase).to.equal('download');
  });

  it('is not awaited after the runtime has read it to its end', () => {
    const file = new FileProgress(FILE);
    file.transfer(signal('receiving', 10));
    file.done();
    expect(file.isAwaited).to.equal(false);
  });

  it('is read from this device if it is here and the transfer layer did not fetch it', () => {
    const file = new FileProgress(FILE, 100, false, true);
    expect([file.cached, file.bytesFromDevice]).to.deep.equal([false, 0]);
    file.done();
    expect([file.cached, file.bytesFromDevice]).to.deep.equal([true, 100]);
  });

  it('is expected once the transfer layer has announced it with a size', () => {
    const file = new FileProgress(FILE);
    file.transfer(signal('planned', 0, { total: undefined }));
    expect([file.isExpected, file.hasPlannedSize, file.phase]).to.deep.equal([false, false, 'waiting']);
    file.transfer(signal('planned', 0));
    expect([file.isExpected, file.hasPlannedSize, file.size]).to.deep.equal([true, true, 100]);
    file.transfer(signal('absent', 0, { total: undefined }));
    expect([file.isExpected, file.phase]).to.deep.equal([false, 'initiated']);
  });

  it('keeps the planned size when it is announced with another', () => {
    const file = new FileProgress(FILE, 80);
    file.transfer(signal('planned', 0));
    expect(file.size).to.equal(80);
  });

  it('has no planned size by an announcement that may count encoded bytes', () => {
    const file = new FileProgress(FILE);
    file.transfer(signal('planned', 0, { totalIsExact: false }));
    expect([file.hasPlannedSize, file.size, file.isExact(file.size)]).to.deep.equal([false, 100, false]);
  });

  it('has the exact total as its size up to its last byte', () => {
    const file = new FileProgress(FILE);
    file.transfer(signal('receiving', 100));
    expect([file.size, file.isExact(100)]).to.deep.equal([100, true]);
    file.transfer(signal('receiving', 101, { total: undefined }));
    expect(file.size, 'one byte more').to.equal(undefined);
  });

  it('has a declared total up to its last byte, also of one byte', () => {
    const file = new FileProgress(FILE);
    file.progress(1, 100);
    expect(file.size).to.equal(100);
    file.progress(100, 100);
    expect([file.size, file.isExact(100)]).to.deep.equal([100, false]);
  });

  describe('ignores a total', () => {
    const sizeAfter = (...events: readonly (readonly [number, number | undefined])[]): number | undefined => {
      const file = new FileProgress(FILE);
      for (const [loaded, total] of events) file.progress(loaded, total);
      return file.size;
    };

    it('that equals the bytes: it may be the number of bytes so far', () => {
      expect(sizeAfter([10, 10])).to.equal(undefined);
    });

    it('that has grown with the bytes, whatever follows', () => {
      expect(sizeAfter([10, 10], [20, 20], [30, 100])).to.equal(undefined);
    });

    it('that has changed', () => {
      expect(sizeAfter([10, 100], [20, 90])).to.equal(undefined);
      expect(sizeAfter([10, 100], [20, 100], [30, 101])).to.equal(undefined);
    });

    it('that the bytes have exceeded', () => {
      expect(sizeAfter([10, 100], [120, 120])).to.equal(undefined);
    });

    it('but not one that is repeated, or that follows a late event', () => {
      expect(sizeAfter([10, 100], [20, 100], [30, undefined])).to.equal(100);
      expect(sizeAfter([10, 10], [10, 10], [20, 100])).to.equal(100);
      expect(sizeAfter([60, 100], [20, 20], [30, 30])).to.equal(100);
    });
  });

  it('is done with its bytes if no total is known, and with its planned size if none arrived', () => {
    const counted = new FileProgress(FILE, 100);
    counted.progress(30, undefined);
    expect([counted.done(), counted.size]).to.deep.equal([0, 30]);
    const silent = new FileProgress(FILE, 100);
    expect([silent.done(), silent.size]).to.deep.equal([100, 100]);
    const unknown = new FileProgress(FILE);
    expect([unknown.done(), unknown.size, unknown.isExact(0)]).to.deep.equal([0, 0, true]);
  });

  it('is done with an announced size, of which the last bytes were not reported', () => {
    const file = new FileProgress(FILE);
    file.transfer(signal('planned', 0, { total: 100 }));
    file.transfer(signal('receiving', 80, { total: 100, totalIsExact: false }));
    expect([file.done(), file.size]).to.deep.equal([20, 100]);
  });

  it('is done with its exact total rather than a declared one', () => {
    const file = new FileProgress(FILE);
    file.progress(10, 50);
    file.transfer(signal('receiving', 20, { total: 80 }));
    expect(file.done()).to.equal(60);
    expect(file.size).to.equal(80);
  });
});
