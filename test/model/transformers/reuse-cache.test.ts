import { expect } from 'chai';
import { reuseCache } from '#dist/model/transformers/reuse-cache.js';
import { FakeClock } from '../../support/fake-clock.js';
import { rejectionOf } from '../../support/rejection-of.js';

/** A function that opens a new cache with each call, or fails. */
function given() {
  const clock = new FakeClock();
  const made = { opened: 0, failure: undefined as Error | undefined };
  const open = (): Promise<Cache> => {
    made.opened += 1;
    return made.failure ? Promise.reject(made.failure) : Promise.resolve({ number: made.opened } as unknown as Cache);
  };
  return { clock, made, open: reuseCache(open, clock) };
}

describe('reuseCache', () => {
  it('returns the same cache for two seconds, and then a new one', async () => {
    const { clock, made, open } = given();
    const first = await open();
    await clock.advanceAsync(1_999);
    expect(await open()).to.equal(first);
    await clock.advanceAsync(1);
    expect(await open()).not.to.equal(first);
    expect(made.opened).to.equal(2);
  });

  it('shares a cache that is being opened', async () => {
    const { made, open } = given();
    const [first, second] = await Promise.all([open(), open()]);
    expect(first).to.equal(second);
    expect(made.opened).to.equal(1);
  });

  it('opens the cache again after a failure', async () => {
    const { made, open } = given();
    made.failure = new Error('refused');
    expect(await rejectionOf(open())).to.equal(made.failure);
    made.failure = undefined;
    expect(await open()).to.include({ number: 2 });
  });
});
