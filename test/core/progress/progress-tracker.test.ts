import { expect } from 'chai';
import { ProgressTracker, type ProgressInfo, type ProgressTrackerOptions } from 'model-download/core';
import { FakeClock } from '../../support/fake-clock.js';
import { done, download, initiate, MODEL, progress } from '../../support/transformers-events.js';

const MB = 1_000_000;
const FILE = 'onnx/model.onnx';

function trackerOf(options: ProgressTrackerOptions = {}) {
  const clock = new FakeClock();
  const seen: ProgressInfo[] = [];
  const tracker = new ProgressTracker((info) => seen.push(info), { clock, ...options });
  return { clock, seen, tracker, send: (event: unknown) => tracker.handleTransformersProgress(event), now: () => tracker.getSnapshot() };
}

describe('ProgressTracker', () => {
  it('has no values before the first event', () => {
    expect(trackerOf().now()).to.deep.equal({
      status: 'waiting',
      name: '',
      file: '',
      progress: undefined,
      loaded: 0,
      total: undefined,
      speed: undefined,
      timeRemaining: undefined,
    });
  });

  it('accepts progress as 0–100, as in the callbacks', () => {
    const { send, now } = trackerOf();
    send(download(FILE));
    send(progress(FILE, 3 * MB, 4 * MB));
    expect(now()).to.include({ status: 'download', name: MODEL, file: FILE, progress: 75, loaded: 3 * MB, total: 4 * MB });
  });

  it('ignores the events of other files', () => {
    const { send, now } = trackerOf();
    send(download(FILE));
    send(progress(FILE, MB, 4 * MB));
    send(progress('tokenizer.json', 3 * MB, 3 * MB));
    send(done('tokenizer.json'));
    expect(now()).to.include({ file: FILE, loaded: MB, progress: 25, status: 'download' });
  });

  it('follows the chosen file', () => {
    const { send, now } = trackerOf({ file: FILE, total: 4 * MB });
    send(progress('tokenizer.json', 3 * MB, 3 * MB));
    expect(now()).to.include({ file: FILE, loaded: 0, progress: 0 });
  });

  it('goes from waiting through download and loading to ready', () => {
    const { send, now, tracker } = trackerOf();
    const statuses = [now().status];
    for (const event of [initiate(FILE), download(FILE), progress(FILE, 4 * MB, 4 * MB), done(FILE)]) {
      send(event);
      statuses.push(now().status);
    }
    tracker.complete();
    expect([...statuses, now().status]).to.deep.equal(['waiting', 'waiting', 'download', 'download', 'loading', 'ready']);
  });

  it('completes with the received bytes, not with 0 of 0', () => {
    const { send, now, tracker } = trackerOf();
    send(download(FILE));
    send(progress(FILE, 4 * MB, 4 * MB));
    tracker.complete();
    expect(now()).to.include({ status: 'ready', progress: 100, loaded: 4 * MB, total: 4 * MB });
    expect(now().speed).to.equal(undefined);
  });

  it('fails with the received bytes, and reports the error', () => {
    const { send, seen, tracker } = trackerOf();
    send(download(FILE));
    send(progress(FILE, MB, 4 * MB));
    tracker.error(new Error('cut'));
    expect(seen.at(-1)).to.include({ status: 'failed', loaded: MB, progress: 25 });
    send(progress(FILE, 2 * MB, 4 * MB));
    expect(seen.at(-1)).to.include({ status: 'failed', loaded: MB });
  });

  it('shows no percentage without a length, and the size once the file is done', () => {
    const { send, now } = trackerOf();
    send(download(FILE));
    for (const loaded of [MB, 2 * MB]) send(progress(FILE, loaded, loaded));
    expect(now()).to.include({ loaded: 2 * MB, progress: undefined, total: undefined });
    send(done(FILE));
    expect(now()).to.include({ progress: 100, total: 2 * MB });
  });

  it('reports speed and time left from the bytes over time', () => {
    const { clock, send, now } = trackerOf();
    send(download(FILE));
    for (const loaded of [1, 2]) {
      clock.advance(1_000);
      send(progress(FILE, loaded * MB, 4 * MB));
    }
    expect(now().speed).to.be.closeTo(MB, 1);
    expect(now().timeRemaining).to.be.closeTo(2, 0.01);
    clock.advance(5_000);
    expect(now()).to.include({ speed: 0, timeRemaining: undefined });
  });

  it('keeps its first end, and reports it once', () => {
    const { seen, tracker, now } = trackerOf();
    tracker.complete();
    tracker.error(new Error('late'));
    tracker.complete();
    expect(seen.map(({ status }) => status)).to.deep.equal(['ready']);
    expect(now()).to.include({ status: 'ready', loaded: 0, total: 0, progress: 100, file: '' });
    const failed = trackerOf();
    failed.tracker.error();
    failed.tracker.complete();
    failed.tracker.error();
    expect(failed.seen.map(({ status }) => status)).to.deep.equal(['failed']);
    expect(failed.now()).to.include({ total: undefined, progress: undefined });
  });

  it('does not track a share or a plan as its file', () => {
    const { seen, send, now } = trackerOf();
    send({ status: 'share', name: 'm', file: 'a.bin', share: 0.5, phase: 'download' });
    send({ status: 'plan', name: 'm', files: [{ file: 'a.bin', size: 5 }] });
    send({ status: 'ready' });
    expect(seen).to.deep.equal([]);
    send(progress(FILE, MB, 4 * MB));
    expect(now()).to.include({ file: FILE, loaded: MB });
  });

  it('ignores events that it cannot use, and throws nothing', () => {
    const { seen, send } = trackerOf({ file: FILE });
    for (const event of [null, undefined, 7, 'done', {}, { status: 'flying', file: FILE }, progress(FILE, -1, 5), progress(FILE, NaN, 5)])
      send(event);
    expect(seen).to.deep.equal([]);
  });

  it('stalls by the time of the last new byte', () => {
    const { clock, send, now } = trackerOf({ stallAfter: 2_000 });
    clock.advance(50_000);
    send(download(FILE));
    clock.advance(1_000);
    send(progress(FILE, MB, 40 * MB));
    clock.advance(1_999);
    expect(now().speed).to.be.greaterThan(0);
    send(progress(FILE, MB, 40 * MB));
    clock.advance(1);
    expect(now()).to.include({ speed: 0, timeRemaining: undefined });
    send(progress(FILE, 2 * MB, 40 * MB));
    expect(now().speed).to.be.greaterThan(0);
  });

  it('has no time left while its total is unknown, nor a speed before and after the download', () => {
    const { clock, send, now } = trackerOf();
    send(initiate(FILE));
    expect(now()).to.include({ status: 'waiting', speed: undefined });
    send(download(FILE));
    for (let second = 1; second <= 5; second++) {
      clock.advance(1_000);
      send({ status: 'progress', name: MODEL, file: FILE, loaded: second * MB });
    }
    expect(now()).to.include({ total: undefined, timeRemaining: undefined });
    expect(now().speed).to.be.closeTo(MB, 1);
    send(done(FILE));
    expect(now()).to.include({ status: 'loading', speed: undefined, timeRemaining: undefined });
  });

  it('gives out frozen states, and works without a callback', () => {
    const tracker = new ProgressTracker(undefined, { clock: new FakeClock() });
    tracker.handleTransformersProgress(progress(FILE, MB, 4 * MB));
    tracker.complete();
    expect(tracker.getSnapshot()).to.include({ status: 'ready', loaded: 4 * MB });
    expect(Object.isFrozen(tracker.getSnapshot())).to.equal(true);
  });

  it('continues when its callback throws, and reports the error as uncaught', () => {
    const clock = new FakeClock();
    const fail = (): never => {
      throw new Error('of the page');
    };
    const tracker = new ProgressTracker(fail, { clock });
    tracker.handleTransformersProgress(progress(FILE, MB, 4 * MB));
    expect(tracker.getSnapshot().loaded).to.equal(MB);
    expect(() => clock.advance(0)).to.throw('of the page');
  });
});
