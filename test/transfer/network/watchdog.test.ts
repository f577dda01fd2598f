import { expect } from 'chai';
import type { DownloadFailure } from 'model-download/core';
import { Watchdog } from '#dist/transfer/network/watchdog.js';
import { FakeClock } from '../../support/fake-clock.js';

/** A clock of a page that can be frozen: then its time advances and its timers run late. */
class FreezableClock extends FakeClock {
  #frozen = 0;

  override now(): number {
    return super.now() + this.#frozen;
  }

  freeze(duration: number): void {
    this.#frozen += duration;
  }
}

function watched(timeout = 6_000) {
  const clock = new FreezableClock();
  const failures: DownloadFailure[] = [];
  return { clock, failures, watchdog: new Watchdog(timeout, clock, (failure) => failures.push(failure)) };
}

describe('Watchdog', () => {
  it('reports one timeout if an expected event does not happen, and not before', () => {
    const { clock, failures, watchdog } = watched();
    watchdog.expect();
    clock.advance(5_999);
    expect(failures).to.deep.equal([]);
    clock.advance(1);
    expect(failures).to.have.lengthOf(1);
    expect(failures[0]).to.include({ code: 'timeout', message: 'Expected a byte within 6 s, received none' });
    clock.advance(20_000);
    expect(failures).to.have.lengthOf(1);
    expect(clock.pending).to.equal(0);
  });

  it('expects nothing before the first call, while it rests, and after it is closed', () => {
    const { clock, failures, watchdog } = watched();
    clock.advance(10_000);
    watchdog.expect();
    watchdog.rest();
    clock.advance(10_000);
    expect(failures).to.deep.equal([]);
    watchdog.expect();
    clock.advance(1_500);
    watchdog.close();
    expect(clock.pending).to.equal(0);
    clock.advance(10_000);
    expect(failures).to.deep.equal([]);
  });

  it('counts the time anew from each event, late by a sixth at most', () => {
    const { clock, failures, watchdog } = watched();
    for (let event = 0; event < 5; event++) {
      watchdog.expect();
      clock.advance(5_000);
    }
    expect(failures).to.deep.equal([]);
    clock.advance(2_000);
    expect(failures).to.have.lengthOf(1);
  });

  it('sets one timer, however often an event is expected', () => {
    const { clock, watchdog } = watched();
    for (let event = 0; event < 100; event++) watchdog.expect();
    expect(clock.pending).to.equal(1);
  });

  it('can be used again after it has reported, rested or been closed', () => {
    const { clock, failures, watchdog } = watched();
    watchdog.expect();
    clock.advance(6_000);
    watchdog.expect();
    clock.advance(6_000);
    expect(failures).to.have.lengthOf(2);
    watchdog.expect();
    watchdog.close();
    watchdog.expect();
    clock.advance(6_000);
    expect(failures).to.have.lengthOf(3);
  });

  for (const frozen of [60_000, 4_000]) {
    it(`does not count ${frozen} ms in which the page was frozen`, () => {
      const { clock, failures, watchdog } = watched();
      watchdog.expect();
      clock.freeze(frozen);
      clock.advance(5_999);
      expect(failures).to.deep.equal([]);
      clock.advance(1_001);
      expect(failures).to.have.lengthOf(1);
    });
  }

  it('counts a delay of up to half the timeout, as of a busy page', () => {
    const { clock, failures, watchdog } = watched();
    watchdog.expect();
    clock.freeze(3_000);
    clock.advance(3_000);
    expect(failures).to.have.lengthOf(1);
  });
});
