import { expect } from 'chai';
import { ThrottledProgressUpdater } from 'model-download/core';
import { FakeClock } from '../../support/fake-clock.js';

function updaterOf(interval?: number) {
  const clock = new FakeClock();
  const seen: { value: number; at: number }[] = [];
  const updater = new ThrottledProgressUpdater<number>((value) => seen.push({ value, at: clock.now() }), { clock, interval });
  return { clock, seen, updater };
}

describe('ThrottledProgressUpdater', () => {
  it('passes on the first value at once', () => {
    const { seen, updater } = updaterOf();
    updater.update(1);
    expect(seen).to.deep.equal([{ value: 1, at: 0 }]);
  });

  it('passes on at most one value per 100 ms, and the last always', () => {
    const { clock, seen, updater } = updaterOf();
    for (let value = 1; value <= 25; value++) {
      updater.update(value);
      clock.advance(10);
    }
    clock.advance(1_000);
    expect(seen.at(-1)?.value).to.equal(25);
    const gaps = seen.slice(1).map(({ at }, index) => at - (seen[index]?.at ?? 0));
    expect(Math.min(...gaps)).to.equal(100);
    expect(seen.length).to.equal(4);
  });

  it('accepts another interval', () => {
    const { clock, seen, updater } = updaterOf(500);
    for (const value of [1, 2]) updater.update(value);
    clock.advance(499);
    expect(seen.length).to.equal(1);
    clock.advance(1);
    expect(seen.length).to.equal(2);
  });

  it('passes on a value at once again after silence', () => {
    const { clock, seen, updater } = updaterOf();
    updater.update(1);
    clock.advance(1_000);
    updater.update(2);
    expect(seen.at(-1)).to.deep.equal({ value: 2, at: 1_000 });
  });

  it('keeps its pace when timers fire a minute late, as in a hidden page', () => {
    class LateClock extends FakeClock {
      override setTimeout(callback: () => void, delay: number): ReturnType<FakeClock['setTimeout']> {
        return super.setTimeout(callback, delay + 60_000);
      }
    }
    const clock = new LateClock();
    const seen: number[] = [];
    const updater = new ThrottledProgressUpdater<number>(() => seen.push(clock.now()), { clock });
    for (let part = 0; part < 40; part++) {
      updater.update(part);
      clock.advance(10);
    }
    // It reads the clock with every eighth value, which here is every 80 ms.
    expect(seen).to.deep.equal([0, 160, 320]);
    clock.advance(120_000);
    expect(seen, 'the last one, once').to.have.lengthOf(4);
  });

  it('passes on a waiting value once when flushed', () => {
    const { clock, seen, updater } = updaterOf();
    for (const value of [1, 2]) updater.update(value);
    updater.flush();
    updater.flush();
    expect(seen.map(({ value }) => value)).to.deep.equal([1, 2]);
    clock.advance(1_000);
    expect(seen.map(({ value }) => value)).to.deep.equal([1, 2]);
  });

  it('begins a new interval with a flush', () => {
    const { clock, seen, updater } = updaterOf();
    for (const value of [1, 2]) updater.update(value);
    clock.advance(60);
    updater.flush();
    updater.update(3);
    clock.advance(99);
    expect(seen.length).to.equal(2);
    clock.advance(1);
    expect(seen.at(-1)).to.deep.equal({ value: 3, at: 160 });
  });

  it('passes nothing on after cancel, and leaves no timer', () => {
    const { clock, seen, updater } = updaterOf();
    for (const value of [1, 2]) updater.update(value);
    updater.cancel();
    updater.update(3);
    updater.flush();
    expect(clock.pending).to.equal(0);
    clock.advance(1_000);
    expect(seen.map(({ value }) => value)).to.deep.equal([1]);
  });

  it('continues when its callback throws', () => {
    const clock = new FakeClock();
    const seen: number[] = [];
    const updater = new ThrottledProgressUpdater<number>(
      (value) => {
        seen.push(value);
        throw new Error('of the page');
      },
      { clock },
    );
    updater.update(1);
    expect(() => clock.advance(0)).to.throw('of the page');
    clock.advance(100);
    updater.update(2);
    expect(seen).to.deep.equal([1, 2]);
  });

  it('delivers a value that an update itself adds after the interval, and does not recurse', () => {
    const clock = new FakeClock();
    const seen: number[] = [];
    const updater = new ThrottledProgressUpdater<number>(
      (value) => {
        seen.push(value);
        if (value < 3) updater.update(value + 1);
      },
      { clock },
    );
    updater.update(1);
    expect(seen).to.deep.equal([1]);
    clock.advance(100);
    expect(seen).to.deep.equal([1, 2]);
    clock.advance(1_000);
    expect(seen).to.deep.equal([1, 2, 3]);
    expect(clock.pending).to.equal(0);
  });

  it('delivers nothing more when its update cancels it', () => {
    const clock = new FakeClock();
    const seen: number[] = [];
    const updater = new ThrottledProgressUpdater<number>(
      (value) => {
        seen.push(value);
        updater.cancel();
      },
      { clock },
    );
    updater.update(1);
    updater.update(2);
    clock.advance(1_000);
    expect(seen).to.deep.equal([1]);
    expect(clock.pending).to.equal(0);
  });

  it('reads an interval that is a function at each update', () => {
    const clock = new FakeClock();
    const seen: number[] = [];
    let interval = 100;
    const updater = new ThrottledProgressUpdater<number>((value) => seen.push(value), { clock, interval: () => interval });
    updater.update(1);
    interval = 300;
    updater.update(2);
    clock.advance(100);
    updater.update(3);
    clock.advance(299);
    expect(seen).to.deep.equal([1, 2]);
    clock.advance(1);
    expect(seen).to.deep.equal([1, 2, 3]);
  });

  it('delivers a value without its timer once the interval has passed', () => {
    class StoppedTimers extends FakeClock {
      override setTimeout(): number {
        return 0;
      }
    }
    const clock = new StoppedTimers();
    const seen: number[] = [];
    const updater = new ThrottledProgressUpdater<number>((value) => seen.push(value), { clock });
    updater.update(0);
    for (let value = 1; value <= 7; value++) updater.update(value);
    clock.advance(100);
    updater.update(8);
    expect(seen).to.deep.equal([0, 8]);
  });

  it('delivers each value in a task of its own with an interval of 0', () => {
    const { clock, seen, updater } = updaterOf(0);
    for (const value of [1, 2]) updater.update(value);
    expect(seen.map(({ value }) => value)).to.deep.equal([1]);
    clock.advance(0);
    expect(seen.map(({ value }) => value)).to.deep.equal([1, 2]);
  });

  it('rejects an interval that is not a duration', () => {
    for (const interval of [-1, Number.NaN, Infinity]) {
      expect(() => new ThrottledProgressUpdater(() => undefined, { interval })).to.throw(
        RangeError,
        `interval must be a finite number from 0 up, got ${interval}`,
      );
    }
    for (const interval of ['100', null]) {
      const options = { interval } as unknown as { interval: number };
      expect(() => new ThrottledProgressUpdater(() => undefined, options)).to.throw(TypeError, 'interval must be');
    }
  });
});
