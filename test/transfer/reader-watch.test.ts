import { expect } from 'chai';
import { ReaderWatch } from '#dist/transfer/reader-watch.js';
import { FakeClock } from '../support/fake-clock.js';

function watched() {
  const clock = new FakeClock();
  const idleAt: number[] = [];
  return { clock, idleAt, watch: new ReaderWatch(clock, () => idleAt.push(clock.now())) };
}

describe('ReaderWatch', () => {
  it('counts a reader as reading until it has received its bytes', () => {
    const { clock, idleAt, watch } = watched();
    expect(watch.isReading).to.equal(true);
    clock.advance(10_000);
    expect(idleAt).to.deep.equal([]);
    watch.rest();
    expect(watch.isReading).to.equal(false);
    watch.begin();
    expect(watch.isReading).to.equal(true);
    clock.advance(10_000);
    expect(idleAt).to.deep.equal([]);
    expect(clock.pending).to.equal(0);
  });

  it('reports once, after a second, that nothing is read', () => {
    const { clock, idleAt, watch } = watched();
    watch.rest();
    clock.advance(999);
    expect(idleAt).to.deep.equal([]);
    clock.advance(1);
    expect(idleAt).to.deep.equal([1_000]);
    clock.advance(10_000);
    expect(idleAt).to.have.lengthOf(1);
    expect(clock.pending).to.equal(0);
  });

  it('counts the second anew after each read', () => {
    const { clock, idleAt, watch } = watched();
    for (let read = 0; read < 5; read++) {
      watch.rest();
      clock.advance(900);
      watch.begin();
      clock.advance(50);
    }
    expect(idleAt).to.deep.equal([]);
    watch.rest();
    clock.advance(1_100);
    expect(idleAt).to.have.lengthOf(1);
  });

  it('reports nothing, and has no timer, once it is closed', () => {
    const { clock, idleAt, watch } = watched();
    watch.rest();
    clock.advance(500);
    watch.close();
    expect(clock.pending).to.equal(0);
    clock.advance(10_000);
    expect(idleAt).to.deep.equal([]);
  });
});
