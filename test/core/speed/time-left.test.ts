import { expect } from 'chai';
import { MultiFileProgressTracker } from 'model-download/core';
import { FakeClock } from '../../support/fake-clock.js';
import { done, download, progress, sendFile } from '../../support/transformers-events.js';

const MB = 1_000_000;
const WEIGHTS = 'onnx/model.onnx';

/** The interval of chunks and of renderings, in ms. */
const STEP = 100;

/** A download of 60 MB that a test advances. */
function downloadOf(size = 60 * MB, files: readonly { file: string; size: number; cached?: boolean }[] = []) {
  const clock = new FakeClock();
  const tracker = new MultiFileProgressTracker(undefined, { clock, plan: [...files, { file: WEIGHTS, size }] });
  const send = (event: unknown): void => tracker.handleFileProgress(event);
  let loaded = 0;
  const timeLeft = (): number | undefined => tracker.getSnapshot().timeRemaining;
  /** Receives bytes for a number of seconds, and returns the shown times. */
  const come = (bytesPerSecond: number, seconds: number): (number | undefined)[] =>
    Array.from({ length: (seconds * 1_000) / STEP }, () => {
      clock.advance(STEP);
      loaded += (bytesPerSecond * STEP) / 1_000;
      send(progress(WEIGHTS, loaded, size));
      return timeLeft();
    });
  /** Receives nothing. */
  const wait = (seconds: number): (number | undefined)[] =>
    Array.from({ length: (seconds * 1_000) / STEP }, () => {
      clock.advance(STEP);
      return timeLeft();
    });
  return { clock, tracker, send, come, wait, timeLeft };
}

describe('the time left', () => {
  it('is shown from 1.5 s of transfer on', () => {
    const { send, come } = downloadOf();
    send(download(WEIGHTS));
    const shown = come(MB, 3);
    expect(shown.findIndex((value) => value !== undefined) * STEP).to.be.within(1_300, 1_700);
  });

  it('counts down with the clock while the link is steady', () => {
    const { send, come } = downloadOf(20 * MB);
    send(download(WEIGHTS));
    const shown = come(MB, 19);
    shown.forEach((value, place) => {
      if (value !== undefined) expect(value).to.be.closeTo(20 - ((place + 1) * STEP) / 1_000, 0.05);
    });
  });

  it('moves towards a new pace, faster near the end', () => {
    const early = downloadOf(600 * MB);
    early.send(download(WEIGHTS));
    early.come(MB, 20);
    const before = early.timeLeft() ?? NaN;
    const [first] = early.come(2 * MB, 0.1);
    expect(before - (first ?? NaN)).to.be.below(10);
    early.come(2 * MB, 60);
    expect(early.timeLeft()).to.be.closeTo((600 - 20 - 120.2) / 2, 60);

    const late = downloadOf(24 * MB);
    late.send(download(WEIGHTS));
    late.come(MB, 10);
    late.come(2 * MB, 5);
    expect(late.timeLeft()).to.be.closeTo(2, 0.8);
  });

  it('does not change in silence, and continues as before with the next bytes', () => {
    const { send, come, wait, timeLeft } = downloadOf();
    send(download(WEIGHTS));
    come(MB, 10);
    const before = timeLeft() ?? NaN;
    const silent = wait(3).slice(10);
    expect(new Set(silent).size).to.equal(1);
    expect(silent[0]).to.be.closeTo(before - 1, 0.2);
    come(MB, 0.5);
    expect(timeLeft()).to.be.closeTo(before - 0.5, 1.5);
  });

  it('is hidden in a stall, and afterwards the same as before', () => {
    const { send, come, wait, timeLeft } = downloadOf();
    send(download(WEIGHTS));
    come(MB, 10);
    const before = timeLeft() ?? NaN;
    expect(wait(8).at(-1)).to.equal(undefined);
    const after = come(MB, 3);
    expect(after.at(-1)).to.be.closeTo(before - 3, 0.5);
  });

  it('is shown on a link with chunks far apart, which does not stall', () => {
    const { clock, send, timeLeft } = downloadOf();
    send(download(WEIGHTS));
    for (let second = 2; second <= 20; second += 2) {
      clock.advance(2_000);
      send(progress(WEIGHTS, second * MB, 60 * MB));
    }
    expect(timeLeft()).to.be.closeTo(40, 0.5);
  });

  it('excludes small files, whose time depends on the round trip and not on the speed', () => {
    const small = { file: 'tokenizer.json', size: 20_000 };
    const { clock, send, come } = downloadOf(20 * MB, [small]);
    send(download(small.file));
    clock.advance(900);
    send(progress(small.file, small.size, small.size));
    send(done(small.file));
    send(download(WEIGHTS));
    expect(come(MB, 2).at(-1)).to.be.closeTo(18, 0.1);
  });

  it('does not count the bytes that are on this device', () => {
    const here = { file: 'onnx/encoder_model.onnx', size: 40 * MB, cached: true };
    const { send, come } = downloadOf(20 * MB, [here]);
    send(download(WEIGHTS));
    expect(come(MB, 5).at(-1), 'before they are read').to.be.closeTo(15, 0.1);
    sendFile(send, here.file, here.size);
    expect(come(MB, 1).at(-1), 'after').to.be.closeTo(14, 0.2);
  });
});
