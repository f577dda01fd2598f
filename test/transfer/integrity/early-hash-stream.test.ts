import { expect } from 'chai';
import { EarlyHashStream } from '#dist/transfer/integrity/early-hash-stream.js';
import type { HashStream } from '#dist/transfer/integrity/hash-stream.js';
import { settle } from '../../support/fake-clock.js';
import { rejectionOf } from '../../support/rejection-of.js';
import { bytesOf } from '../../support/transfer-parts.js';

const MiB = 1024 * 1024;

/** A hash whose digest is the lengths and the first bytes of what it has received. */
function textHash() {
  const received: string[] = [];
  return {
    received,
    isClosed: false,
    update: (chunk: Uint8Array) => Promise.resolve(void received.push(`${chunk.length}:${chunk[0] ?? ''}`)),
    digest: () => Promise.resolve(received.join()),
    close() {
      this.isClosed = true;
    },
  };
}

/** A stream whose worker replies to nothing before `reply()` or `fail()` is called. */
function streamWith({ isReliable = false } = {}) {
  const [worker, local] = [textHash(), textHash()];
  const state = { isReliable, failure: undefined as Error | undefined };
  let settleFirst = (): void => undefined;
  const answer = (): Promise<void> => (state.failure ? Promise.reject(state.failure) : Promise.resolve());
  const stream: HashStream = {
    update: async (bytes) => {
      if (!state.isReliable && !state.failure) await new Promise<void>((resolve) => (settleFirst = resolve));
      await answer();
      await worker.update(bytes);
    },
    digest: async () => {
      await answer();
      return worker.digest();
    },
    close: () => worker.close(),
  };
  const hash = new EarlyHashStream({ stream, isReliable: () => state.isReliable, openLocal: () => Promise.resolve(local) });
  const reply = (): void => {
    state.isReliable = true;
    settleFirst();
  };
  const fail = (): void => {
    state.isReliable = false;
    state.failure = silent;
    settleFirst();
  };
  return { worker, local, hash, reply, fail };
}

const silent = new Error('No response within 10 s');

describe('EarlyHashStream', () => {
  it('sends a worker that has not replied a copy of the first bytes, and the rest after its reply, in order', async () => {
    const { hash, worker, local, reply } = streamWith();
    const first = new Uint8Array(100_000).fill(1);
    await hash.update(first);
    await hash.update(bytesOf(2));
    expect(first.buffer.byteLength, 'it was not transferred').to.equal(100_000);
    expect(worker.received).to.deep.equal([]);
    reply();
    expect(await hash.digest()).to.equal('65536:1,34464:1,1:2');
    await hash.update(bytesOf(3, 4));
    expect(await hash.digest()).to.equal('65536:1,34464:1,1:2,2:3');
    expect(local.received).to.deep.equal([]);
  });

  it('sends all bytes at once to a worker that has replied', async () => {
    const { hash, worker } = streamWith({ isReliable: true });
    void hash.update(bytesOf(1, 2));
    void hash.update(bytesOf(3));
    await settle();
    expect(worker.received).to.deep.equal(['2:1', '1:3']);
  });

  it('hashes all bytes in this realm if the worker fails before it has replied', async () => {
    const { hash, worker, fail } = streamWith();
    await hash.update(bytesOf(1, 2));
    await hash.update(bytesOf(3));
    fail();
    const digest = hash.digest();
    await hash.update(bytesOf(4));
    expect(await digest).to.equal('2:1,1:3,1:4');
    await hash.update(bytesOf(5));
    expect(await hash.digest()).to.equal('2:1,1:3,1:4,1:5');
    expect(worker.received).to.deep.equal([]);
  });

  it('hashes in this realm if the worker has ended before the first byte', async () => {
    const { hash, fail } = streamWith();
    fail();
    await hash.update(bytesOf(1));
    expect(await hash.digest()).to.equal('1:1');
  });

  it('fails with a worker that fails after its reply: this realm lacks the bytes', async () => {
    const held = streamWith();
    await held.hash.update(bytesOf(1));
    held.reply();
    await held.hash.update(bytesOf(2));
    held.fail();
    expect(await rejectionOf(held.hash.digest())).to.equal(silent);
    const direct = streamWith({ isReliable: true });
    await direct.hash.update(bytesOf(1));
    direct.fail();
    expect(await rejectionOf(direct.hash.update(bytesOf(2)))).to.equal(silent);
    expect(await rejectionOf(direct.hash.digest())).to.equal(silent);
    expect([...held.local.received, ...direct.local.received]).to.deep.equal([]);
  });

  it('holds 8 MiB, and then waits for the worker', async () => {
    const { hash, worker, reply } = streamWith();
    await hash.update(new Uint8Array(8 * MiB));
    let isSettled = false;
    const updating = hash.update(bytesOf(1)).then(() => (isSettled = true));
    await settle();
    expect(isSettled).to.equal(false);
    reply();
    await updating;
    expect(worker.received).to.have.lengthOf(3);
  });

  it('closes both hashes', async () => {
    const { hash, fail, worker, local } = streamWith();
    fail();
    await hash.update(bytesOf(1));
    await hash.digest();
    hash.close();
    await settle();
    expect([worker.isClosed, local.isClosed]).to.deep.equal([true, true]);
    const closed = streamWith();
    closed.fail();
    closed.hash.close();
    expect(await rejectionOf(closed.hash.digest())).to.equal(silent);
  });
});
