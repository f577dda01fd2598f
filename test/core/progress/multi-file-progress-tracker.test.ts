import { expect } from 'chai';
import { MultiFileProgressTracker, type AggregateProgressInfo, type PlanEntry } from 'model-download/core';
import { FakeClock } from '../../support/fake-clock.js';
import { done, download, initiate, progress, progressTotal, sendFile } from '../../support/transformers-events.js';

const MB = 1_000_000;
const WEIGHTS = 'onnx/model_quantized.onnx';
const PLAN: readonly PlanEntry[] = [
  { file: 'config.json', size: 1_000 },
  { file: WEIGHTS, size: 10 * MB },
];

function trackerOf(plan?: readonly PlanEntry[]) {
  const clock = new FakeClock();
  const seen: AggregateProgressInfo[] = [];
  const tracker = new MultiFileProgressTracker((info) => seen.push(info), { clock, plan });
  const send = (event: unknown): void => tracker.handleFileProgress(event);
  return { clock, seen, send, tracker, now: () => tracker.getSnapshot() };
}

describe('MultiFileProgressTracker', () => {
  describe('with a plan', () => {
    it('measures against all planned files, not only those with an event so far', () => {
      const { send, now } = trackerOf(PLAN);
      sendFile(send, 'config.json', 1_000);
      expect(now().overallProgress).to.be.closeTo(0.01, 0.001);
      expect(now().totalSize).to.equal(10 * MB + 1_000);
      expect(now().totalIsExact).to.equal(true);
    });

    it('adds the bytes of interleaved files', () => {
      const { send, now } = trackerOf([
        { file: 'a.onnx', size: 4 * MB },
        { file: 'b.onnx', size: 4 * MB },
      ]);
      for (const event of [download('a.onnx'), download('b.onnx')]) send(event);
      send(progress('a.onnx', 2 * MB, 4 * MB));
      send(progress('b.onnx', MB, 4 * MB));
      send(progress('a.onnx', 3 * MB, 4 * MB));
      expect(now().totalDownloaded).to.equal(4 * MB);
      expect(now().overallProgress).to.equal(50);
      expect(now().currentFile).to.equal('a.onnx');
    });

    it('is loading, at 100 %, after the last byte, and ready when the runtime reports it', () => {
      const { send, now } = trackerOf(PLAN);
      expect(now().status).to.equal('waiting');
      sendFile(send, 'config.json', 1_000);
      expect(now().status).to.equal('download');
      sendFile(send, WEIGHTS, 10 * MB);
      expect(now().status).to.equal('loading');
      expect(now().overallProgress).to.equal(100);
      expect(now().speed).to.equal(undefined);
      send({ status: 'ready', task: 'text-generation', model: 'org/model' });
      expect(now().status).to.equal('ready');
    });

    it('counts files and describes each', () => {
      const { send, now } = trackerOf(PLAN);
      sendFile(send, 'config.json', 1_000);
      send(download(WEIGHTS));
      send(progress(WEIGHTS, 5 * MB, 10 * MB));
      expect(now().filesCompleted).to.equal(1);
      expect(now().totalFiles).to.equal(2);
      expect(now().files.map(({ file, status, progress: percent }) => [file, status, percent])).to.deep.equal([
        ['config.json', 'loading', 100],
        [WEIGHTS, 'download', 50],
      ]);
    });

    it('shows no percentage until the sizes that the plan lacks are known', () => {
      const { send, now } = trackerOf([{ file: 'config.json', size: 1_000 }, { file: WEIGHTS }]);
      sendFile(send, 'config.json', 1_000);
      expect(now().overallProgress).to.equal(undefined);
      expect(now().totalSize).to.equal(undefined);
      send(download(WEIGHTS));
      send(progress(WEIGHTS, MB, 4 * MB));
      expect(now().overallProgress).to.be.closeTo(25, 0.1);
    });

    it('keeps the percentage when an unplanned file appears, and hides it if it would be 100', () => {
      const { send, now } = trackerOf([{ file: WEIGHTS, size: 10 * MB }]);
      send(download(WEIGHTS));
      send(progress(WEIGHTS, 9 * MB, 10 * MB));
      const before = now().overallProgress;
      send(download('onnx/model.onnx_data'));
      send(progress('onnx/model.onnx_data', MB, 90 * MB));
      expect(now().overallProgress).to.equal(before);
      expect(now().totalIsExact).to.equal(false);

      const late = trackerOf([{ file: WEIGHTS, size: 10 * MB }]);
      sendFile(late.send, WEIGHTS, 10 * MB);
      late.send(download('onnx/model.onnx_data'));
      late.send(progress('onnx/model.onnx_data', MB, 90 * MB));
      expect(late.now().overallProgress).to.equal(undefined);
      expect(late.now().status).to.equal('download');
    });

    it('uses the larger of the sizes in an outdated plan and from the server', () => {
      const { send, now } = trackerOf([{ file: WEIGHTS, size: MB }]);
      send(download(WEIGHTS));
      send(progress(WEIGHTS, MB, 4 * MB));
      expect(now().overallProgress).to.equal(25);
    });

    it('removes planned files that never arrived once the model is usable', () => {
      const { send, now, tracker } = trackerOf([...PLAN, { file: 'generation_config.json', size: 200 }]);
      send(initiate('generation_config.json'));
      sendFile(send, 'config.json', 1_000);
      sendFile(send, WEIGHTS, 10 * MB);
      expect(now().overallProgress).to.be.lessThan(100);
      tracker.complete();
      expect(now().overallProgress).to.equal(100);
      expect(now().totalSize).to.equal(10 * MB + 1_000);
      expect(now().totalFiles).to.equal(2);
    });

    it('treats silence after the weights as preparing, not as a stall, when a planned file is missing', () => {
      const { clock, send, now } = trackerOf([...PLAN, { file: 'generation_config.json', size: 200 }]);
      sendFile(send, 'config.json', 1_000);
      sendFile(send, WEIGHTS, 10 * MB);
      clock.advance(5_000);
      expect(now().status).to.equal('loading');
      expect(now().stalled).to.equal(false);
    });
  });

  describe('without a plan', () => {
    it('shows bytes and no percentage, since the sum of the files so far would start near 100', () => {
      const { send, seen } = trackerOf();
      sendFile(send, 'config.json', 1_000);
      send(download(WEIGHTS));
      send(progress(WEIGHTS, 5 * MB, 10 * MB));
      expect(seen.every(({ overallProgress }) => overallProgress === undefined)).to.equal(true);
      expect(seen.at(-1)?.totalDownloaded).to.equal(5 * MB + 1_000);
      expect(seen.at(-1)?.timeRemaining).to.equal(undefined);
    });

    it('does not treat the end of the small files as the end', () => {
      const { send, now } = trackerOf();
      sendFile(send, 'config.json', 1_000);
      expect(now().status).to.equal('download');
      sendFile(send, WEIGHTS, 10 * MB);
      expect(now().status).to.equal('loading');
    });

    it('is never at 100 % before the model is usable, since more weights may follow', () => {
      const { send, now, tracker } = trackerOf();
      sendFile(send, 'onnx/encoder_model.onnx', 10 * MB);
      expect(now().overallProgress).to.equal(undefined);
      sendFile(send, 'onnx/decoder_model.onnx', 90 * MB);
      tracker.complete();
      expect(now().overallProgress).to.equal(100);
    });
  });

  describe("with version 4's totals", () => {
    it('uses the files of progress_total as the plan', () => {
      const { send, now } = trackerOf();
      send(progressTotal({ 'config.json': 1_000, [WEIGHTS]: 10 * MB }));
      send(download(WEIGHTS));
      send(progress(WEIGHTS, 5 * MB, 10 * MB));
      expect(now().totalSize).to.equal(10 * MB + 1_000);
      expect(now().overallProgress).to.be.closeTo(50, 0.01);
    });

    it('ignores them for good once a size is a single byte, as with a hidden Content-Range', () => {
      const { send, now } = trackerOf();
      send(progressTotal({ 'config.json': 1, [WEIGHTS]: 1 }));
      send(download('config.json'));
      send(progress('config.json', 1_000, 1_000));
      send(progressTotal({ 'config.json': 1_000, [WEIGHTS]: 10 * MB }));
      expect(now().totalSize).to.equal(undefined);
      expect(now().overallProgress).to.equal(undefined);
    });

    it('keeps the first size of a file when the totals shrink to those of compressed bodies', () => {
      const { send, now } = trackerOf();
      send(progressTotal({ 'tokenizer.json': 3 * MB, [WEIGHTS]: 7 * MB }));
      send(progressTotal({ 'tokenizer.json': MB, [WEIGHTS]: 7 * MB }));
      expect(now().totalSize).to.equal(10 * MB);
    });

    it('prefers the plan of the page', () => {
      const { send, now } = trackerOf(PLAN);
      send(progressTotal({ 'config.json': 1_000, [WEIGHTS]: 99 * MB }));
      expect(now().totalSize).to.equal(10 * MB + 1_000);
    });
  });

  describe('with impossible events', () => {
    it('treats a total that grows with the bytes as unknown until the file is done', () => {
      const { send, now } = trackerOf([{ file: WEIGHTS }]);
      send(download(WEIGHTS));
      for (const loaded of [1, 2, 3]) send(progress(WEIGHTS, loaded * MB, loaded * MB));
      expect(now().totalSize).to.equal(undefined);
      expect(now().overallProgress).to.equal(undefined);
      send(done(WEIGHTS));
      expect(now().totalSize).to.equal(3 * MB);
    });

    it('never exceeds 100 with decoded gzip bodies', () => {
      const { send, seen } = trackerOf([
        { file: 'tokenizer.json', size: 3 * MB },
        { file: WEIGHTS, size: 7 * MB },
      ]);
      send(download('tokenizer.json'));
      send(progress('tokenizer.json', 0.5 * MB, MB));
      for (const loaded of [1.5, 2, 3]) send(progress('tokenizer.json', loaded * MB, loaded * MB));
      send(done('tokenizer.json'));
      expect(seen.at(-1)?.overallProgress).to.be.closeTo(30, 0.01);
      expect(Math.max(...seen.map(({ overallProgress }) => overallProgress ?? 0))).to.be.closeTo(30, 0.01);
    });

    it('counts a file that ends twice only once', () => {
      const { send, now } = trackerOf(PLAN);
      sendFile(send, 'config.json', 1_000);
      const once = now();
      sendFile(send, 'config.json', 1_000);
      expect(now().totalDownloaded).to.equal(once.totalDownloaded);
      expect(now().filesCompleted).to.equal(1);
    });

    it('keeps equally named files of two repositories apart', () => {
      const { send, now } = trackerOf();
      sendFile(send, 'config.json', 1_000, 1, 'org/tokenizer');
      sendFile(send, 'config.json', 3_000, 1, 'org/model');
      expect(now().totalDownloaded).to.equal(4_000);
      expect(now().totalFiles).to.equal(2);
    });

    it('uses the planned size of a file that is done without any progress', () => {
      const { send, now } = trackerOf([{ file: WEIGHTS, size: 10 * MB }]);
      for (const event of [initiate(WEIGHTS), download(WEIGHTS), done(WEIGHTS)]) send(event);
      expect(now().totalDownloaded).to.equal(10 * MB);
      expect(now().status).to.equal('loading');
    });

    it('never falls when the bytes do', () => {
      const { send, now } = trackerOf(PLAN);
      send(download(WEIGHTS));
      send(progress(WEIGHTS, 6 * MB, 10 * MB));
      send(progress(WEIGHTS, 2 * MB, 10 * MB));
      expect(now().totalDownloaded).to.equal(6 * MB);
    });

    it('ignores invalid events, and throws nothing', () => {
      const { send, now } = trackerOf(PLAN);
      const before = now();
      const odd = [null, undefined, 7, 'done', {}, { status: 'progress' }, { status: 'new', file: WEIGHTS }, { status: 'done', file: 3 }];
      const numbers = [Number.NaN, -1, Infinity, 1e300, '5', null].map((loaded) => ({ ...progress(WEIGHTS, 1, 2), loaded }));
      for (const event of [...odd, ...numbers]) send(event);
      expect(now()).to.deep.equal(before);
    });

    it('ignores totals that are not sizes', () => {
      const { send, now } = trackerOf([{ file: WEIGHTS }]);
      for (const total of [Number.NaN, -1, 0, Infinity, 1e300]) {
        send({ ...progress(WEIGHTS, MB, 1), total });
        expect(now().totalSize, String(total)).to.equal(undefined);
      }
    });

    it('ignores events after an end', () => {
      const { send, now, tracker } = trackerOf(PLAN);
      tracker.error(new Error('broken'));
      const end = now();
      sendFile(send, WEIGHTS, 10 * MB);
      tracker.complete();
      expect(now()).to.deep.equal(end);
      expect(end.status).to.equal('failed');
      expect(end.error).to.be.instanceOf(Error);
    });
  });

  describe('reading the device’s cache', () => {
    it('counts planned cached bytes separately, without a speed and a time left', () => {
      const { clock, send, now } = trackerOf([{ file: WEIGHTS, size: 10 * MB, cached: true }]);
      send(download(WEIGHTS));
      for (let second = 1; second <= 4; second++) {
        clock.advance(1_000);
        send(progress(WEIGHTS, second * MB, 10 * MB));
      }
      expect(now().bytesFromCache).to.equal(4 * MB);
      expect(now().bytesFromNetwork).to.equal(0);
      expect(now().speed).to.equal(undefined);
      expect(now().timeRemaining).to.equal(undefined);
      expect(now().overallProgress).to.equal(40);
    });
  });

  describe('over time', () => {
    it('reports the speed and the time left once they are reliable', () => {
      const { clock, send, now } = trackerOf([{ file: WEIGHTS, size: 10 * MB }]);
      send(download(WEIGHTS));
      clock.advance(1_000);
      send(progress(WEIGHTS, MB, 10 * MB));
      expect(now().speed).to.be.closeTo(MB, 1);
      expect(now().timeRemaining, 'after 1 s').to.equal(undefined);
      clock.advance(1_000);
      send(progress(WEIGHTS, 2 * MB, 10 * MB));
      expect(now().timeRemaining).to.be.closeTo(8, 0.01);
    });

    it('stalls after 5 s without a byte, and continues with the next', () => {
      const { clock, send, now } = trackerOf([{ file: WEIGHTS, size: 10 * MB }]);
      send(download(WEIGHTS));
      clock.advance(2_000);
      send(progress(WEIGHTS, 2 * MB, 10 * MB));
      clock.advance(4_999);
      expect(now().stalled).to.equal(false);
      clock.advance(1);
      expect(now().stalled).to.equal(true);
      expect(now().speed).to.equal(0);
      expect(now().timeRemaining).to.equal(undefined);
      send(progress(WEIGHTS, 3 * MB, 10 * MB));
      expect(now().stalled).to.equal(false);
    });

    it('does not count the time between two files as slow transfer', () => {
      const { clock, send, now } = trackerOf([
        { file: 'a.onnx', size: 2 * MB },
        { file: 'b.onnx', size: 9 * MB },
      ]);
      send(download('a.onnx'));
      clock.advance(2_000);
      send(progress('a.onnx', 2 * MB, 2 * MB));
      send(done('a.onnx'));
      clock.advance(60_000);
      send(download('b.onnx'));
      clock.advance(1_000);
      send(progress('b.onnx', MB, 9 * MB));
      expect(now().speed).to.be.closeTo(MB, 1);
    });
  });

  it('freezes its snapshots', () => {
    const { send, now } = trackerOf(PLAN);
    sendFile(send, 'config.json', 1_000);
    for (const value of [now(), now().files, now().files[0]]) expect(Object.isFrozen(value)).to.equal(true);
  });

  it('continues when its callback throws, and reports an uncaught error', () => {
    const clock = new FakeClock();
    const tracker = new MultiFileProgressTracker(
      () => {
        throw new Error('of the page');
      },
      { clock, plan: PLAN },
    );
    sendFile((event) => tracker.handleFileProgress(event), WEIGHTS, 10 * MB, 1);
    expect(tracker.getSnapshot().totalDownloaded).to.equal(10 * MB);
    expect(() => clock.advance(0)).to.throw('of the page');
  });

  describe('with several pipelines in one load', () => {
    const ready = { status: 'ready', task: 'translation', model: 'org/model' };

    it('is no longer ready when the files of another pipeline are planned', () => {
      const { send, now } = trackerOf();
      sendFile(send, WEIGHTS, 10 * MB);
      send(ready);
      send({ status: 'plan', name: 'org/other', files: [{ file: 'b.onnx', size: 30 * MB }] });
      expect(now()).to.include({ status: 'download', overallProgress: undefined, totalSize: 40 * MB });
    });

    it('stays ready for a plan without a file that is missing, and for the list of version 4', () => {
      const { send, now } = trackerOf();
      sendFile(send, WEIGHTS, 10 * MB);
      send(ready);
      send({ status: 'plan', name: 'org/model', files: [{ file: WEIGHTS, size: 10 * MB }] });
      expect(now()).to.include({ status: 'ready', overallProgress: 100 });
      send({ status: 'plan', name: 'org/model', files: [] });
      send(progressTotal({ 'late.onnx': 30 * MB }));
      expect(now()).to.include({ status: 'ready', overallProgress: 100, totalFiles: 1 });
    });

    it('stays ready for events of files that do not arrive', () => {
      const { send, now } = trackerOf(PLAN);
      send(ready);
      for (const event of [initiate('late.json'), done('late.json')]) send(event);
      expect(now().status).to.equal('ready');
    });

    it('stays ready for a share, which names no pipeline', () => {
      const { send, now } = trackerOf();
      send(ready);
      send({ status: 'share', name: '', file: 'a.bin', share: 0.5, phase: 'download' });
      expect(now()).to.include({ status: 'ready', overallProgress: 100, currentFile: undefined });
    });

    it('ignores the ready event of a pipeline while bytes arrive', () => {
      const { send, now } = trackerOf(PLAN);
      send(download(WEIGHTS));
      send(ready);
      expect(now().status).to.equal('download');
    });
  });

  it('has the received bytes as its exact total once it is ready, also without a plan', () => {
    const { send, now, tracker } = trackerOf();
    send(download(WEIGHTS));
    send(progress(WEIGHTS, 3 * MB, 10 * MB));
    tracker.complete();
    expect(now()).to.include({ status: 'ready', totalDownloaded: 10 * MB, totalSize: 10 * MB, totalIsExact: true });
    expect(now().files[0]).to.include({ status: 'ready', progress: 100 });
  });

  it('is waiting until a file arrives, whatever is requested', () => {
    const { send, now } = trackerOf();
    expect(now()).to.include({ status: 'waiting', currentFile: undefined, stalled: false, error: undefined });
    send(initiate(WEIGHTS));
    expect(now().status).to.equal('waiting');
    send(download(WEIGHTS));
    expect(now()).to.include({ status: 'download', currentFile: undefined });
    const read = trackerOf();
    read.send(done('config.json'));
    expect(read.now().status, 'a file without any bytes').to.equal('download');
  });

  it('is loading when the whole plan is here, also one without weights', () => {
    const { send, now } = trackerOf([{ file: 'config.json', size: 1_000 }]);
    sendFile(send, 'config.json', 1_000);
    expect(now()).to.include({ status: 'loading', overallProgress: 100 });
  });

  it('has no percentage of 0 bytes', () => {
    const { send, now } = trackerOf([{ file: 'empty.json', size: 0 }]);
    expect(now()).to.include({ status: 'waiting', totalSize: 0, overallProgress: undefined });
    send(initiate(WEIGHTS));
    expect(now().overallProgress).to.equal(undefined);
    send(download(WEIGHTS));
    send(progress(WEIGHTS, MB, 10 * MB));
    expect(now().overallProgress).to.equal(10);
  });

  it('names the file of the last new bytes', () => {
    const { send, now } = trackerOf(PLAN);
    send(download(WEIGHTS));
    send(progress(WEIGHTS, MB, 10 * MB));
    for (const event of [download('config.json'), progress('config.json', 0, 1_000)]) send(event);
    expect(now().currentFile).to.equal(WEIGHTS);
    send(progress('config.json', 1, 1_000));
    expect(now().currentFile).to.equal('config.json');
    send(progress(WEIGHTS, MB, 10 * MB));
    expect(now().currentFile, 'no new bytes').to.equal('config.json');
  });

  it('has no time left and no percentage without a size', () => {
    const { clock, send, now } = trackerOf();
    send(download(WEIGHTS));
    for (let second = 1; second <= 10; second++) {
      clock.advance(1_000);
      send({ status: 'progress', name: 'org/model', file: WEIGHTS, loaded: second * MB });
    }
    expect(now()).to.include({ totalSize: undefined, timeRemaining: undefined, overallProgress: undefined });
    expect(now().speed).to.be.closeTo(MB, 1);
  });

  it('has neither a speed nor a time left once the last byte is here', () => {
    const { clock, send, seen, tracker } = trackerOf([{ file: WEIGHTS, size: 10 * MB }]);
    send(download(WEIGHTS));
    for (let second = 1; second <= 10; second++) {
      clock.advance(1_000);
      send(progress(WEIGHTS, second * MB, 10 * MB));
    }
    expect(seen.at(-1)?.speed).to.be.closeTo(MB, 1);
    clock.advance(20);
    send(done(WEIGHTS));
    expect(seen.at(-1)).to.include({ status: 'loading', speed: undefined, timeRemaining: undefined });
    clock.advance(1);
    tracker.complete();
    expect(seen.at(-1)).to.include({ status: 'ready', speed: undefined, timeRemaining: undefined });
  });

  it('has no speed in the callback of its end, however soon after the last bytes', () => {
    const { clock, send, seen, tracker } = trackerOf([{ file: WEIGHTS, size: 10 * MB }]);
    send(download(WEIGHTS));
    for (let second = 1; second <= 3; second++) {
      clock.advance(1_000);
      send(progress(WEIGHTS, second * MB, 10 * MB));
    }
    clock.advance(1);
    tracker.error(new Error('broken'));
    expect(seen.at(-1)).to.include({ status: 'failed', speed: undefined, timeRemaining: undefined });
  });

  it('computes the speed of a callback again when the last one is 20 ms old', () => {
    const { clock, send, seen, now } = trackerOf([{ file: WEIGHTS, size: 100 * MB }]);
    send(download(WEIGHTS));
    clock.advance(1_000);
    send(progress(WEIGHTS, MB, 100 * MB));
    clock.advance(300);
    const { speed } = now();
    expect(speed, 'after a silence').to.be.below(MB);
    send(progress(WEIGHTS, 50 * MB, 100 * MB));
    clock.advance(19);
    send(progress(WEIGHTS, 51 * MB, 100 * MB));
    expect(seen.at(-1)).to.include({ speed, totalDownloaded: 51 * MB });
    clock.advance(1);
    send(progress(WEIGHTS, 52 * MB, 100 * MB));
    expect(seen.at(-1)?.speed).to.be.greaterThan(20 * MB);
  });

  it('counts the silence from the start of a file, and only new bytes end it', () => {
    const { clock, send, now } = trackerOf([{ file: WEIGHTS, size: 10 * MB }]);
    clock.advance(60_000);
    send(download(WEIGHTS));
    clock.advance(4_999);
    expect(now().stalled).to.equal(false);
    clock.advance(1);
    expect(now().stalled).to.equal(true);
    send(progress(WEIGHTS, MB, 10 * MB));
    expect(now().stalled).to.equal(false);
    clock.advance(4_000);
    for (const event of [progress(WEIGHTS, MB, 10 * MB), initiate('config.json'), progressTotal({ [WEIGHTS]: 10 * MB })]) send(event);
    clock.advance(1_000);
    expect(now()).to.include({ stalled: true, speed: 0 });
  });

  it('counts the silence after the weights by the time of the last byte', () => {
    const { clock, send, now } = trackerOf([...PLAN, { file: 'generation_config.json', size: 200 }]);
    clock.advance(100_000);
    sendFile(send, 'config.json', 1_000);
    sendFile(send, WEIGHTS, 10 * MB);
    clock.advance(4_999);
    expect(now().status).to.equal('download');
    clock.advance(1);
    expect(now()).to.include({ status: 'loading', overallProgress: undefined, stalled: false });
  });

  it('measures no speed by a small file, nor by the time before a file arrives', () => {
    const { clock, send, now } = trackerOf(PLAN);
    send(initiate('config.json'));
    clock.advance(2_000);
    send(download('config.json'));
    clock.advance(1_000);
    send(progress('config.json', 900, 1_000));
    clock.advance(1_000);
    send(done('config.json'));
    expect(now().speed).to.equal(undefined);
    clock.advance(1_000);
    send(download(WEIGHTS));
    clock.advance(1_000);
    send(progress(WEIGHTS, 2 * MB, 10 * MB));
    expect(now().speed).to.be.closeTo(2 * MB, 1);
  });

  it('measures the speed also by the last bytes, which only the end of a file reports', () => {
    const { clock, send, now } = trackerOf([{ file: WEIGHTS, size: 10 * MB }, { file: 'b.onnx' }]);
    send(download(WEIGHTS));
    clock.advance(1_000);
    send(progress(WEIGHTS, 5 * MB, 10 * MB));
    clock.advance(1_000);
    send(done(WEIGHTS));
    send(download('b.onnx'));
    expect(now().speed).to.be.closeTo(5 * MB, 1);
  });

  it('measures the speed of the network only while files are read from this device', () => {
    const { clock, send, now } = trackerOf([
      { file: 'a.onnx', size: 50 * MB, cached: true },
      { file: WEIGHTS, size: 50 * MB },
    ]);
    for (const event of [download('a.onnx'), download(WEIGHTS)]) send(event);
    for (let second = 1; second <= 4; second++) {
      clock.advance(1_000);
      send(progress('a.onnx', second * 10 * MB, 50 * MB));
      send(progress(WEIGHTS, second * MB, 50 * MB));
    }
    expect(now().speed).to.be.closeTo(MB, 1);
  });

  it('does not count a short time between two files', () => {
    const { clock, send, now } = trackerOf([
      { file: 'a.onnx', size: 2 * MB },
      { file: WEIGHTS, size: 20 * MB },
    ]);
    for (const [file, size] of [
      ['a.onnx', 2 * MB],
      [WEIGHTS, 20 * MB],
    ] as const) {
      send(download(file));
      for (let step = 1; step <= 8; step++) {
        clock.advance(250);
        send(progress(file, (step * MB) / 4, size));
      }
      if (file === WEIGHTS) break;
      send(done(file));
      clock.advance(900);
    }
    expect(now().speed).to.be.closeTo(MB, 1);
  });

  it('needs half a percent of the bytes that are to come from the network for a time left', () => {
    const { clock, send, now } = trackerOf([
      { file: 'a.onnx', size: 50 * MB, cached: true },
      { file: WEIGHTS, size: 50 * MB },
    ]);
    sendFile(send, 'a.onnx', 50 * MB);
    send(download(WEIGHTS));
    for (let step = 1; step <= 20; step++) {
      clock.advance(100);
      send(progress(WEIGHTS, step * 1_000, 50 * MB));
    }
    expect(now()).to.include({ timeRemaining: undefined, bytesFromCache: 50 * MB });
    for (let step = 1; step <= 20; step++) {
      clock.advance(100);
      send(progress(WEIGHTS, step * 100_000, 50 * MB));
    }
    expect(now().timeRemaining).to.be.greaterThan(0);
  });

  describe("with a list of version 4 that a host's headers have damaged", () => {
    it('uses none of its sizes if one is a single byte, and no later list', () => {
      const { send, now } = trackerOf();
      send(progressTotal({ 'config.json': 5_000, [WEIGHTS]: 1 }));
      expect(now()).to.include({ totalSize: undefined, totalFiles: 0 });
      send(progressTotal({ 'config.json': 5_000, [WEIGHTS]: 10 * MB }));
      expect(now()).to.include({ totalSize: undefined, totalFiles: 0 });
    });

    it('accepts a size of two bytes', () => {
      const { send, now } = trackerOf();
      send(progressTotal({ 'config.json': 2, [WEIGHTS]: 10 * MB }));
      expect(now()).to.include({ totalSize: 10 * MB + 2, totalFiles: 2 });
    });

    it('reads the list also if its own sum is unusable', () => {
      const { send, now } = trackerOf();
      for (const total of [NaN, undefined]) send({ ...progressTotal({ [WEIGHTS]: 10 * MB }), total });
      expect(now()).to.include({ totalSize: 10 * MB });
    });

    it('uses the list again after an empty plan', () => {
      const { send, now } = trackerOf(PLAN);
      send({ status: 'plan', name: 'org/model', files: [] });
      send(progressTotal({ [WEIGHTS]: 20 * MB }));
      expect(now().totalSize).to.equal(20 * MB);
    });
  });

  it('reports its end once, with the cause of a failure', () => {
    const cause = new Error('broken');
    const { seen, tracker } = trackerOf(PLAN);
    tracker.error(cause);
    tracker.error(new Error('again'));
    tracker.complete();
    tracker.handleSignal({ status: 'plan', name: 'm', files: [] });
    expect(seen.map(({ status, error }) => [status, error])).to.deep.equal([['failed', cause]]);
    const complete = trackerOf(PLAN);
    complete.tracker.complete();
    expect(complete.seen.map(({ status, error }) => [status, error])).to.deep.equal([['ready', undefined]]);
  });

  it('can be ended by its own callback', () => {
    const clock = new FakeClock();
    const statuses: string[] = [];
    const tracker = new MultiFileProgressTracker(
      ({ status }) => {
        statuses.push(status);
        tracker.complete();
      },
      { clock, plan: PLAN },
    );
    tracker.handleFileProgress(download(WEIGHTS));
    tracker.handleFileProgress(progress(WEIGHTS, MB, 10 * MB));
    expect(statuses).to.deep.equal(['download', 'ready']);
  });
});
