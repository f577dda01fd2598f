import { expect } from 'chai';
import { DeliveryTicker } from '#dist/transfer/network/delivery-ticker.js';
import { FakeClock } from '../../support/fake-clock.js';

/** A clock whose timers fire a minute late, as those of a hidden page. */
class LateClock extends FakeClock {
  override setTimeout(callback: () => void, delay: number): ReturnType<FakeClock['setTimeout']> {
    return super.setTimeout(callback, delay + 60_000);
  }
}

describe('DeliveryTicker', () => {
  it('is one for each clock', () => {
    const clock = new FakeClock();
    expect(DeliveryTicker.of(clock)).to.equal(DeliveryTicker.of(clock));
    expect(DeliveryTicker.of(new FakeClock())).not.to.equal(DeliveryTicker.of(clock));
  });

  it('calls all callbacks together, once, at the next tick', () => {
    const clock = new FakeClock();
    const ticker = DeliveryTicker.of(clock);
    const calls: string[] = [];
    const [first, second] = [() => void calls.push('first'), () => void calls.push('second')];
    ticker.schedule(first);
    clock.advance(60);
    ticker.schedule(second);
    ticker.schedule(first);
    expect(clock.pending).to.equal(1);
    clock.advance(39);
    expect(calls).to.deep.equal([]);
    clock.advance(1);
    expect(calls).to.deep.equal(['first', 'second']);
    clock.advance(1_000);
    expect(calls).to.have.lengthOf(2);
    expect(clock.pending).to.equal(0);
  });

  it('calls a callback that schedules itself at each tick', () => {
    const clock = new FakeClock();
    const ticker = DeliveryTicker.of(clock);
    let calls = 0;
    const repeat = (): void => {
      calls += 1;
      ticker.schedule(repeat);
    };
    ticker.schedule(repeat);
    clock.advance(1_000);
    expect(calls).to.equal(10);
    ticker.cancel(repeat);
  });

  it('calls no callback that was cancelled, and has no timer without callbacks', () => {
    const clock = new FakeClock();
    const ticker = DeliveryTicker.of(clock);
    const calls: string[] = [];
    const [first, second] = [() => void calls.push('first'), () => void calls.push('second')];
    ticker.schedule(first);
    ticker.schedule(second);
    ticker.cancel(first);
    expect(clock.pending).to.equal(1);
    clock.advance(100);
    expect(calls).to.deep.equal(['second']);
    ticker.schedule(first);
    ticker.cancel(first);
    expect(clock.pending).to.equal(0);
    ticker.schedule(first);
    clock.advance(100);
    expect(calls).to.deep.equal(['second', 'first']);
  });

  it('calls them by the arrival of bytes where timers fire late', () => {
    const clock = new LateClock();
    const ticker = DeliveryTicker.of(clock);
    let calls = 0;
    const callback = (): void => void (calls += 1);
    for (let count = 1; count <= 15; count++) ticker.schedule(callback);
    // The interval is not over yet when the clock is read.
    clock.advance(100);
    ticker.schedule(callback);
    expect(calls).to.equal(0);
    clock.advance(1);
    for (let count = 17; count <= 31; count++) ticker.schedule(callback);
    expect(calls).to.equal(0);
    ticker.schedule(callback);
    expect(calls).to.equal(1);
    expect(clock.pending).to.equal(0);
  });
});
