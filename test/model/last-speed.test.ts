import { expect } from 'chai';
import { ProgressStateManager } from 'model-download/core';
import { lastSpeedOf, watchSpeed } from '#dist/model/index.js';
import { FakeClock } from '../support/fake-clock.js';
import { memoryStorage } from '../support/memory-storage.js';

const KEY = 'download_speed';

/** A download that is watched. */
function watched() {
  const { values, storage } = memoryStorage();
  const clock = new FakeClock();
  const states = new ProgressStateManager({ clock });
  const stop = watchSpeed(states, 'phi', { storage, namespace: 'app' });
  states.startDownload('phi');
  const run = (speed: number | undefined, timeRemaining?: number): void =>
    void states.updateDownload('phi', { status: 'downloading', speed, timeRemaining });
  return { values, clock, states, stop, run, stored: () => values.get(`app:${KEY}`) };
}

describe('the speed of the last download', () => {
  it('is stored when it is measured, every 5 s, and when the transfer ends', () => {
    const { clock, run, states, stored } = watched();
    run(1_000.4, 10);
    expect(stored()).to.equal('1000');
    clock.advance(4_999);
    run(2_000, 10);
    expect(stored()).to.equal('1000');
    clock.advance(1);
    run(3_000, 10);
    expect(stored()).to.equal('3000');
    run(4_000, 10);
    states.updateDownload('phi', { status: 'preparing' });
    expect(stored()).to.equal('4000');
  });

  it('is not stored while it is of too few bytes, or unknown', () => {
    const { run, states, stored } = watched();
    run(9_000);
    run(undefined);
    run(0, 10);
    states.completeDownload('phi');
    expect(stored()).to.equal(undefined);
  });

  it('is not stored after the end of the watch', () => {
    const { run, stop, stored } = watched();
    stop();
    run(1_000, 10);
    expect(stored()).to.equal(undefined);
  });

  it('is read by each page of the namespace', () => {
    const { storage } = memoryStorage({ [`app:${KEY}`]: '1234' });
    expect(lastSpeedOf({ storage, namespace: 'app' })).to.equal(1234);
    expect(lastSpeedOf({ storage, namespace: undefined })).to.equal(undefined);
  });

  for (const text of ['', '0', '-1', '1.5', 'fast', 'null', '1e9', '9'.repeat(400)]) {
    it(`is unknown if "${text.slice(0, 9)}" is stored`, () => {
      expect(lastSpeedOf({ storage: memoryStorage({ [KEY]: text }).storage })).to.equal(undefined);
    });
  }

  it('is unknown without a storage, and with one that throws', () => {
    const fail = (): never => {
      throw new DOMException('blocked', 'SecurityError');
    };
    for (const storage of [undefined, { getItem: fail, setItem: fail, removeItem: fail }]) {
      const states = new ProgressStateManager({ clock: new FakeClock() });
      watchSpeed(states, 'phi', { storage });
      states.startDownload('phi');
      states.updateDownload('phi', { status: 'downloading', speed: 5, timeRemaining: 10 });
      expect(lastSpeedOf({ storage })).to.equal(undefined);
    }
  });
});
