import { expect } from 'chai';
import { PauseGate } from '#dist/transfer/network/pause-gate.js';
import { BodyLease } from '#dist/transfer/sharing/body-lease.js';
import type { FileLease } from '#dist/transfer/sharing/file-lease.js';
import type { PartialBody } from '#dist/transfer/store/partial-body.js';
import { deferred } from '../../support/deferred.js';
import { settle } from '../../support/fake-clock.js';

/** The lease of a body, on a file and stored bytes that record their calls. */
function leaseWith({ hasNoLock = false, isFree = true, hasWaiters = false, offer = () => Promise.resolve() } = {}) {
  const calls: string[] = [];
  const record =
    <T>(name: string, result: T) =>
    (): Promise<T> => {
      calls.push(name);
      return Promise.resolve(result);
    };
  const file = {
    hasNoLock,
    isFollowing: false,
    acquire: record('acquire', true),
    tryAcquire: record('tryAcquire', isFree),
    hasWaiters: record('hasWaiters', hasWaiters),
    release: () => void calls.push('release'),
    continueWithoutLock: () => void calls.push('continueWithoutLock'),
  };
  const partial = { stopWriting: record('stopWriting', undefined), flush: record('flush', undefined) };
  const gate = new PauseGate();
  const reader = { isUnread: true };
  const lease = new BodyLease({
    lease: file as unknown as FileLease,
    partial: partial as unknown as PartialBody,
    gate,
    isUnread: () => reader.isUnread,
    offer,
  });
  return { lease, file, partial, gate, reader, calls };
}

describe('BodyLease', () => {
  it('follows another download as the lease of the file does', () => {
    const { lease, file } = leaseWith();
    expect(lease.isFollowing).to.equal(false);
    file.isFollowing = true;
    expect(lease.isFollowing).to.equal(true);
  });

  it('acquires and releases the file', async () => {
    const { lease, calls } = leaseWith();
    expect(await lease.acquire()).to.equal(true);
    lease.release();
    expect(calls).to.deep.equal(['acquire', 'release']);
  });

  it('leaves the stored bytes to the holder of the file where it continues beside that', async () => {
    const { lease, calls } = leaseWith({ hasNoLock: true });
    await lease.acquire();
    expect(calls).to.deep.equal(['acquire', 'stopWriting']);
  });

  it('releases the file while the body is not read, once its bytes are stored', async () => {
    const { lease, calls } = leaseWith();
    await lease.yield();
    expect(calls).to.deep.equal(['flush', 'release']);
  });

  it('does not release the file while the body is read, also if that begins while its bytes are stored', async () => {
    const read = leaseWith();
    read.reader.isUnread = false;
    await read.lease.yield();
    expect(read.calls).to.deep.equal([]);
    const resumed = leaseWith();
    const yielding = resumed.lease.yield();
    resumed.reader.isUnread = false;
    await yielding;
    expect(resumed.calls).to.deep.equal(['flush']);
    await resumed.lease.reacquire();
    expect(resumed.calls).to.deep.equal(['flush']);
  });

  it('acquires the file again before the body is read on, once', async () => {
    const { lease, calls } = leaseWith();
    await lease.reacquire();
    expect(calls).to.deep.equal([]);
    await lease.yield();
    await lease.reacquire();
    await lease.reacquire();
    expect(calls).to.deep.equal(['flush', 'release', 'tryAcquire']);
  });

  it('waits for the end of a pause before that', async () => {
    const { lease, gate, calls } = leaseWith();
    await lease.yield();
    gate.close();
    const acquiring = lease.reacquire();
    await settle();
    expect(calls).to.deep.equal(['flush', 'release']);
    gate.open();
    await acquiring;
    expect(calls).to.deep.equal(['flush', 'release', 'tryAcquire']);
  });

  it('continues without the file if others have it by then', async () => {
    const { lease, calls } = leaseWith({ isFree: false });
    await lease.yield();
    await lease.reacquire();
    expect(calls).to.deep.equal(['flush', 'release', 'tryAcquire', 'continueWithoutLock', 'stopWriting']);
  });

  it('deletes the stored bytes of a body that was read, unless others have the file or wait for it', async () => {
    for (const [parts, expected] of [
      [{}, ['hasWaiters', 'drop']],
      [{ hasWaiters: true }, ['hasWaiters', 'flush']],
      [{ hasNoLock: true }, []],
    ] as const) {
      const { lease, calls } = leaseWith(parts);
      await lease.finish(() => {
        calls.push('drop');
        return Promise.resolve();
      });
      expect(calls).to.deep.equal(expected);
    }
  });

  it('offers a body that was read before it deletes the stored bytes, and does not let those wait who need them', async () => {
    for (const [hasWaiters, before, after] of [
      [false, ['offer', 'hasWaiters'], ['offer', 'hasWaiters', 'drop']],
      [true, ['offer', 'hasWaiters', 'flush'], ['offer', 'hasWaiters', 'flush']],
    ] as const) {
      const taken = deferred<undefined>();
      const { lease, calls } = leaseWith({ hasWaiters, offer: () => (calls.push('offer'), taken.promise) });
      const finishing = lease.finish(() => Promise.resolve(void calls.push('drop')));
      await settle();
      expect(calls).to.deep.equal(before);
      taken.resolve(undefined);
      await finishing;
      expect(calls).to.deep.equal(after);
    }
  });
});
