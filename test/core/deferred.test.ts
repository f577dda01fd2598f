import { expect } from 'chai';
import { deferred } from '#dist/core/internal.js';

describe('deferred', () => {
  it('resolves from outside', async () => {
    const { promise, resolve } = deferred<number>();
    resolve(5);
    expect(await promise).to.equal(5);
  });

  it('rejects from outside', async () => {
    const { promise, reject } = deferred();
    const reason = new Error('broken');
    reject(reason);
    expect(await promise.catch((error: unknown) => error)).to.equal(reason);
  });

  it('settles once', async () => {
    const { promise, resolve, reject } = deferred<number>();
    resolve(1);
    resolve(2);
    reject(new Error('late'));
    expect(await promise).to.equal(1);
  });
});
