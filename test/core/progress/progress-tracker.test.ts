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
});
