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
});
