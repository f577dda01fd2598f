import { expect } from 'chai';
import { WorkerHashStream, type HashWorkerLink } from '#dist/transfer/integrity/worker-hash-stream.js';
import { settle } from '../../support/fake-clock.js';
import { rejectionOf } from '../../support/rejection-of.js';
import { bytesOf } from '../../support/transfer-parts.js';

function streamWith(link: Partial<HashWorkerLink> = {}) {
  const calls: string[] = [];
  const state = { hasRoom: true };
  const stream = new WorkerHashStream({
    hasRoom: () => state.hasRoom,
    send: ({ length }) => void calls.push(`send ${length}`),
    requestDigest: () => void calls.push('digest'),
    drop: () => void calls.push('drop'),
    wait: (promise) => promise,
    onSilence: ({ message }) => void calls.push(`silence: ${message}`),
    ...link,
  });
  return { stream, calls, state };
}

async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  void promise.then(() => (settled = true));
  await settle();
  return settled;
}

describe('WorkerHashStream', () => {
  it('sends bytes, and resolves when there is room for more', async () => {
    const { stream, calls, state } = streamWith();
    await stream.update(bytesOf(1, 2));
    expect(calls).to.deep.equal(['send 2']);
    state.hasRoom = false;
    const updating = stream.update(bytesOf(3));
    expect(await isSettled(updating)).to.equal(false);
    stream.wake();
    expect(await isSettled(updating)).to.equal(false);
    state.hasRoom = true;
    stream.wake();
    expect(await isSettled(updating)).to.equal(true);
  });

  it('resolves with the digest that it has requested', async () => {
    const { stream, calls } = streamWith();
    const digesting = stream.digest();
    expect(calls).to.deep.equal(['digest']);
    expect(await isSettled(digesting)).to.equal(false);
    stream.resolve('abc');
    expect(await digesting).to.equal('abc');
  });

  it('rejects all that wait, and all later calls, with the error of the worker', async () => {
    const { stream, state } = streamWith();
    state.hasRoom = false;
    const failing = [rejectionOf(stream.update(bytesOf(1))), rejectionOf(stream.digest())];
    const error = new Error('out of memory');
    stream.fail(error);
    expect(await Promise.all(failing)).to.deep.equal([error, error]);
    expect(await rejectionOf(stream.update(bytesOf(1)))).to.equal(error);
  });

  it('drops the hash once when it is closed, and settles all that wait', async () => {
    const { stream, calls, state } = streamWith();
    state.hasRoom = false;
    const updating = stream.update(bytesOf(1));
    const digesting = rejectionOf(stream.digest());
    stream.close();
    stream.close();
    expect(calls.filter((call) => call === 'drop')).to.have.lengthOf(1);
    expect(await isSettled(updating)).to.equal(true);
    expect(await digesting).to.include({ message: 'The hash was closed' });
  });

  it('reports a worker that takes too long', async () => {
    const failure = new Error('No response within 10 s');
    const { stream, calls } = streamWith({ wait: () => Promise.reject(failure), onSilence: (cause) => stream.fail(cause) });
    expect(await rejectionOf(stream.digest())).to.equal(failure);
    expect(calls).to.deep.equal(['digest']);
  });
});
