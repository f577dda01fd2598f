import { expect } from 'chai';
import { deferred, withTimeLimit } from '#dist/core/internal.js';
import { FakeClock, settle } from '../../support/fake-clock.js';

describe('withTimeLimit', () => {
  it('settles as the promise does, and leaves no timer', async () => {
    const clock = new FakeClock();
    expect(await withTimeLimit(Promise.resolve(5), 1_000, clock)).to.equal(5);
    const reason = new Error('broken');
    expect(await withTimeLimit(Promise.reject(reason), 1_000, clock).catch((error: unknown) => error)).to.equal(reason);
    await settle();
    expect(clock.pending).to.equal(0);
  });

  it('rejects with a timeout after the limit, and not before', async () => {
    const clock = new FakeClock();
    let outcome: unknown;
    withTimeLimit(new Promise(() => undefined), 2_000, clock).catch((error: unknown) => (outcome = error));
    clock.advance(1_999);
    await settle();
    expect(outcome).to.equal(undefined);
    clock.advance(1);
    await settle();
    expect(outcome).to.include({ code: 'timeout', message: 'No response within 2 s' });
  });

  it('leaves half of the limit for an answer after the thread was blocked', async () => {
    const clock = new FakeClock();
    const { promise, resolve } = deferred<number>();
    const limited = withTimeLimit(promise, 2_000, clock);
    clock.advance(1_500);
    resolve(5);
    expect(await limited).to.equal(5);
    await settle();
    expect(clock.pending).to.equal(0);
  });

  it('returns the promise itself without a limit', () => {
    const clock = new FakeClock();
    const promise = Promise.resolve(5);
    expect(withTimeLimit(promise, Infinity, clock)).to.equal(promise);
    expect(clock.pending).to.equal(0);
  });
});
