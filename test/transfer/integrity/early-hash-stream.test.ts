import { expect } from 'chai';
import { EarlyHashStream } from '#dist/transfer/integrity/early-hash-stream.js';
import type { HashStream } from '#dist/transfer/integrity/hash-stream.js';
import { rejectionOf } from '../../support/rejection-of.js';
import { bytesOf } from '../../support/transfer-parts.js';

/** A hash whose digest is the bytes that it has received. */
function textHash(): HashStream & { isClosed: boolean } {
  const bytes: number[] = [];
  return {
    isClosed: false,
    update: (chunk) => Promise.resolve(void bytes.push(...chunk)),
    digest: () => Promise.resolve(bytes.join()),
    close() {
      this.isClosed = true;
    },
  };
}

function streamWith({ isReliable = false } = {}) {
  const state = { isReliable, failure: undefined as Error | undefined };
  const [worker, local] = [textHash(), textHash()];
  const unlessFailed = <T>(run: () => Promise<T>): Promise<T> => (state.failure ? Promise.reject(state.failure) : run());
  const hash = new EarlyHashStream({
    stream: {
      update: (bytes) => unlessFailed(() => worker.update(bytes)),
      digest: () => unlessFailed(() => worker.digest()),
      close: () => worker.close(),
    },
    isReliable: () => state.isReliable,
    openLocal: () => Promise.resolve(local),
  });
  return { state, worker, local, hash };
}

const silent = new Error('No response within 10 s');

describe('EarlyHashStream', () => {
  it('hashes in the worker', async () => {
    const { hash, local } = streamWith();
    await hash.update(bytesOf(1, 2));
    expect(await hash.digest()).to.equal('1,2');
    expect(await local.digest()).to.equal('');
  });

  it('hashes all bytes in this realm if the worker fails at the end, or in between', async () => {
    const atEnd = streamWith();
    await atEnd.hash.update(bytesOf(1, 2));
    atEnd.state.failure = silent;
    expect(await atEnd.hash.digest()).to.equal('1,2');
    const between = streamWith();
    await between.hash.update(bytesOf(1, 2));
    between.state.failure = silent;
    await Promise.all([between.hash.update(bytesOf(3)), between.hash.update(bytesOf(4))]);
    await between.hash.update(bytesOf(5));
    expect(await between.hash.digest()).to.equal('1,2,3,4,5');
  });

  it('keeps no bytes of a worker that has replied, and fails with it', async () => {
    const { hash, state } = streamWith({ isReliable: true });
    await hash.update(bytesOf(1));
    state.isReliable = false;
    state.failure = silent;
    expect(await rejectionOf(hash.update(bytesOf(2)))).to.equal(silent);
    expect(await rejectionOf(hash.digest())).to.equal(silent);
  });

  it('hashes in this realm if the worker has ended before the first byte', async () => {
    const { hash, state } = streamWith();
    state.failure = silent;
    await hash.update(bytesOf(1));
    expect(await hash.digest()).to.equal('1');
  });

  it('closes both hashes', async () => {
    const { hash, state, worker, local } = streamWith();
    state.failure = silent;
    await hash.update(bytesOf(1));
    hash.close();
    await Promise.resolve();
    expect([worker.isClosed, local.isClosed]).to.deep.equal([true, true]);
    const closed = streamWith();
    closed.state.failure = silent;
    closed.hash.close();
    expect(await rejectionOf(closed.hash.digest())).to.equal(silent);
  });
});
