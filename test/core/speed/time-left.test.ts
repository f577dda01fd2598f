import { expect } from 'chai';
import { MultiFileProgressTracker } from 'model-download/core';
import { TimeLeft, type TimeLeftInput } from '#dist/core/speed/time-left.js';
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

describe('TimeLeft', () => {
  /** 100 s left at 1 MB/s after 10 s. */
  const input = (fields: Partial<TimeLeftInput> = {}): TimeLeftInput => ({
    remaining: 100 * MB,
    received: 10 * MB,
    isMoving: true,
    pace: () => MB,
    transferTime: 10_000,
    ...fields,
  });
  const first = (fields: Partial<TimeLeftInput>): number | undefined => new TimeLeft().read(input(fields));

  it('is the time of the bytes that are left at the pace', () => {
    expect(first({})).to.equal(100);
    expect(first({ remaining: 0 })).to.equal(0);
  });

  it('needs 1.5 s of transfer', () => {
    expect([first({ transferTime: 1_499 }), first({ transferTime: 1_500 })]).to.deep.equal([undefined, 100]);
  });

  it('needs half a percent of the bytes', () => {
    const ofThousand = (received: number): number | undefined => first({ received, remaining: 1_000 - received, pace: () => 1 });
    expect([ofThousand(4.99), ofThousand(5), ofThousand(0)]).to.deep.equal([undefined, 995, undefined]);
  });

  it('needs bytes that arrive, at a pace above 0', () => {
    expect(first({ isMoving: false })).to.equal(undefined);
    expect(first({ pace: () => undefined })).to.equal(undefined);
    expect(first({ pace: () => 0 })).to.equal(undefined);
  });

  it('uses the pace of a span as long as the time left, from 3 s to 60 s', () => {
    const spansFor = (remaining: number): readonly number[] => {
      const spans: number[] = [];
      first({ remaining, pace: (span) => (spans.push(span), MB) });
      return spans;
    };
    expect(spansFor(20 * MB)).to.deep.equal([15_000, 20_000]);
    expect(spansFor(500 * MB)).to.deep.equal([15_000, 60_000]);
    expect(spansFor(2 * MB)).to.deep.equal([15_000, 3_000]);
  });

  it('uses the first pace if that of the span is unknown', () => {
    expect(first({ pace: (span) => (span === 15_000 ? 2 * MB : undefined) })).to.equal(50);
    expect(first({ pace: (span) => (span === 15_000 ? 2 * MB : 4 * MB) })).to.equal(25);
  });

  it('counts down, and moves half the way to a new estimate in 2 s', () => {
    const left = new TimeLeft();
    left.read(input());
    expect(left.read(input({ remaining: 50 * MB, transferTime: 12_000 }))).to.equal(50 + (98 - 50) / 2);
  });

  it('moves half the way in a tenth of the time left when that is shorter', () => {
    const left = new TimeLeft();
    left.read(input({ remaining: 11 * MB }));
    expect(left.read(input({ remaining: 20 * MB, transferTime: 11_000 }))).to.be.closeTo(20 + (10 - 20) / 2, 1e-9);
  });

  it('is the new estimate once it has counted down to 0', () => {
    const left = new TimeLeft();
    left.read(input({ remaining: MB }));
    expect(left.read(input({ remaining: 7 * MB, transferTime: 60_000 }))).to.equal(7);
  });

  it('is a number when it is read again at the same time', () => {
    const left = new TimeLeft();
    for (let read = 0; read < 3; read++) expect(left.read(input())).to.equal(100);
    const done = new TimeLeft();
    for (let read = 0; read < 3; read++) expect(done.read(input({ remaining: 0 }))).to.equal(0);
  });

  it('does not count up when the transfer time goes back', () => {
    const left = new TimeLeft();
    left.read(input());
    expect(left.read(input({ transferTime: 5_000 }))).to.equal(100);
    expect(left.read(input({ transferTime: 6_000 })), 'from there').to.be.within(99, 100);
  });

  it('shows the next estimate as it is after a reset, and after a time without one', () => {
    const left = new TimeLeft();
    left.read(input());
    left.reset();
    expect(left.read(input({ remaining: 40 * MB }))).to.equal(40);
    left.read(input({ isMoving: false }));
    expect(left.read(input({ remaining: 30 * MB, transferTime: 10_001 }))).to.equal(30);
  });
});
