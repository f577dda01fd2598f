import { expect } from 'chai';
import { WorkerPatience } from '#dist/transfer/integrity/worker-patience.js';
import { FakeClock, settle } from '../../support/fake-clock.js';
import { rejectionOf } from '../../support/rejection-of.js';

const never = (): Promise<void> => new Promise(() => undefined);

/** Advances time in steps, as it passes for timers. */
async function pass(clock: FakeClock, duration: number): Promise<void> {
  await clock.advanceAsync(duration, 500);
  await settle();
}

describe('WorkerPatience', () => {
  it('settles as the promise does, and leaves no timer', async () => {
    const clock = new FakeClock();
    const patience = new WorkerPatience(clock);
    expect(await patience.wait(Promise.resolve('abc'))).to.equal('abc');
    const error = new Error('out of memory');
    expect(await rejectionOf(patience.wait(Promise.reject(error)))).to.equal(error);
    expect([clock.pending, patience.isOver]).to.deep.equal([0, false]);
  });

  it('ends all waits ten seconds after the first one began', async () => {
    const clock = new FakeClock();
    const patience = new WorkerPatience(clock);
    const ends: string[] = [];
    void patience.wait(never()).catch(() => ends.push('first'));
    await pass(clock, 6_000);
    void patience.wait(never()).catch(() => ends.push('second'));
    await pass(clock, 3_500);
    expect(ends).to.deep.equal([]);
    await pass(clock, 500);
    expect(ends).to.have.members(['first', 'second']);
    expect(patience.isOver).to.equal(true);
  });

  it('counts waits that follow each other, also those of a start', async () => {
    const clock = new FakeClock();
    const patience = new WorkerPatience(clock);
    const starting = rejectionOf(patience.wait(never(), 5_000));
    await pass(clock, 5_000);
    expect(await starting).to.include({ code: 'timeout' });
    expect(patience.isOver).to.equal(false);
    await pass(clock, 60_000);
    const waiting = rejectionOf(patience.wait(never()));
    await pass(clock, 5_000);
    expect(await waiting).to.include({ code: 'timeout' });
    expect(patience.isOver).to.equal(true);
  });

  it('begins anew with each reply', async () => {
    const clock = new FakeClock();
    const patience = new WorkerPatience(clock);
    const first = rejectionOf(patience.wait(never()));
    await pass(clock, 9_000);
    patience.recordReply();
    let isOver = false;
    void patience.wait(never()).catch(() => (isOver = true));
    await pass(clock, 1_000);
    expect(await first).to.include({ code: 'timeout' });
    expect(patience.isOver, 'the worker has replied meanwhile').to.equal(false);
    await pass(clock, 8_500);
    expect(isOver).to.equal(false);
    await pass(clock, 500);
    expect([isOver, patience.isOver]).to.deep.equal([true, true]);
  });
});
