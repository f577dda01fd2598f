import { expect } from 'chai';
import { hashAtOnce } from '#dist/transfer/integrity/hash-at-once.js';
import { FakeClock } from '../../support/fake-clock.js';
import { rejectionOf } from '../../support/rejection-of.js';
import { stubGlobal } from '../../support/stub-global.js';

const bytes = new TextEncoder().encode('abc');

describe('hashAtOnce', () => {
  it('resolves with hexadecimal digits, and leaves no timer', async () => {
    const clock = new FakeClock();
    expect(await hashAtOnce('sha1', bytes, clock)).to.equal('a9993e364706816aba3e25717850c26c9cd0d89d');
    expect(await hashAtOnce('sha256', bytes, clock)).to.match(/^ba7816bf8f01cfea.{48}$/);
    expect(clock.pending).to.equal(0);
  });

  it('rejects if the browser cannot hash, or does not do so in 5 s', async () => {
    const clock = new FakeClock();
    for (const digest of [undefined, () => Promise.reject(new Error('refused')), () => new Promise(() => undefined)]) {
      const restore = stubGlobal('crypto', { value: { subtle: { digest } } });
      const failing = rejectionOf(hashAtOnce('sha256', bytes, clock));
      clock.advance(5_000);
      expect(await failing).to.be.an('error');
      restore();
    }
    expect(clock.pending).to.equal(0);
  });
});
