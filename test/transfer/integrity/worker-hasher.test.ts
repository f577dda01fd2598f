import { expect } from 'chai';
import { WorkerHasher } from '#dist/transfer/integrity/worker-hasher.js';
import { WorkerPatience } from '#dist/transfer/integrity/worker-patience.js';
import { settle } from '../../support/fake-clock.js';
import { FakeHashWorker } from '../../support/fake-hash-worker.js';
import { useFakeTimers } from '../../support/fake-timers.js';
import { rejectionOf } from '../../support/rejection-of.js';
import { bytesOf } from '../../support/transfer-parts.js';

const MiB = 1024 * 1024;

let timers: ReturnType<typeof useFakeTimers>;

async function running() {
  const worker = new FakeHashWorker();
  let ends = 0;
  const starting = WorkerHasher.start(worker.asWorker, new WorkerPatience(timers.clock), () => (ends += 1));
  worker.reply({ ready: true });
  return { worker, shared: await starting, ends: () => ends };
}

async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  void promise.then(() => (settled = true));
  await settle();
  return settled;
}

describe('the hash worker of a realm', () => {
  beforeEach(() => (timers = useFakeTimers()));
  afterEach(() => timers.restore());

  describe('WorkerHasher.start', () => {
    it('resolves when the worker is ready', async () => {
      const { worker, ends } = await running();
      expect(worker.isTerminated).to.equal(false);
      expect(ends()).to.equal(0);
      await timers.clock.advanceAsync(10_000, 1_000);
      expect(worker.isTerminated, 'it was not used').to.equal(true);
      expect(timers.clock.pending).to.equal(0);
    });

    it('rejects, and ends the worker, where that may not use WebAssembly', async () => {
      const worker = new FakeHashWorker();
      const failing = rejectionOf(WorkerHasher.start(worker.asWorker, new WorkerPatience(timers.clock), () => undefined));
      worker.reply({ ready: false });
      expect(await failing).to.include({ message: 'Expected WebAssembly in the hash worker, found it refused' });
      expect(worker.isTerminated).to.equal(true);
    });

    it('rejects where the worker cannot be loaded, without a message in the console', async () => {
      for (const message of ['blocked by a policy', '']) {
        const worker = new FakeHashWorker();
        const failing = rejectionOf(WorkerHasher.start(worker.asWorker, new WorkerPatience(timers.clock), () => undefined));
        expect(worker.fail(message)).to.equal(true);
        expect(await failing).to.include({ message: message || 'The hash worker cannot be loaded' });
        expect(worker.isTerminated).to.equal(true);
      }
    });

    it('rejects where the worker does not answer in time', async () => {
      const worker = new FakeHashWorker();
      const failing = rejectionOf(WorkerHasher.start(worker.asWorker, new WorkerPatience(timers.clock), () => undefined));
      await timers.clock.advanceAsync(4_999, 500);
      expect(worker.isTerminated).to.equal(false);
      await timers.clock.advanceAsync(1);
      expect(await failing).to.include({ code: 'timeout' });
      expect(worker.isTerminated).to.equal(true);
    });
  });

  describe('WorkerHasher', () => {
    it('sends each hash under a number of its own, and its bytes without a copy', async () => {
      const { worker, shared } = await running();
      const hasher = shared.lease();
      const [first, second] = [hasher.open('sha256'), hasher.open('sha1')];
      const bytes = bytesOf(1, 2);
      void first.update(bytes);
      void second.digest().catch(() => undefined);
      second.close();
      expect(worker.requests).to.deep.equal([
        { id: 1, algorithm: 'sha256' },
        { id: 2, algorithm: 'sha1' },
        { id: 1, bytes },
        { id: 2, digest: true },
        { id: 2, drop: true },
      ]);
      expect(worker.transferred).to.deep.equal([[], [], [bytes.buffer], [], []]);
    });

    it('passes digests and errors to the hash that they belong to', async () => {
      const { worker, shared } = await running();
      const hasher = shared.lease();
      const [first, second] = [hasher.open('sha256'), hasher.open('sha256')];
      const [digest, failing] = [first.digest(), rejectionOf(second.digest())];
      worker.reply({ id: 7, hash: 'of no hash' });
      worker.reply({ id: 7, error: 'of no hash' });
      worker.reply({ id: 2, error: 'out of memory' });
      worker.reply({ id: 1, hash: 'abc' });
      expect(await digest).to.equal('abc');
      expect(await failing).to.include({ message: 'out of memory' });
    });

    it('lets 8 MiB of all hashes wait in the worker once that has replied to the first bytes', async () => {
      const { worker, shared } = await running();
      const hasher = shared.lease();
      const [first, second] = [hasher.open('sha256'), hasher.open('sha256')];
      const beginning = first.update(bytesOf(1));
      expect(await isSettled(beginning)).to.equal(false);
      worker.reply({ added: bytesOf(1) });
      expect(await isSettled(beginning)).to.equal(true);
      expect(await isSettled(first.update(new Uint8Array(8 * MiB)))).to.equal(true);
      const updating = second.update(bytesOf(1));
      expect(await isSettled(updating)).to.equal(false);
      worker.reply({ added: new Uint8Array(1) });
      expect(await isSettled(updating)).to.equal(true);
      const next = first.update(bytesOf(1));
      expect(await isSettled(next)).to.equal(false);
      worker.reply({ added: new Uint8Array(8 * MiB) });
      expect(await isSettled(next)).to.equal(true);
    });

    it('keeps the worker for ten seconds after its last user, and for a new one longer', async () => {
      const { worker, shared, ends } = await running();
      const [first, second] = [shared.lease(), shared.lease()];
      first.close();
      // A second call does not count.
      first.close();
      await timers.clock.advanceAsync(20_000, 1_000);
      expect(worker.isTerminated).to.equal(false);
      second.close();
      await timers.clock.advanceAsync(9_999, 1_000);
      const third = shared.lease();
      await timers.clock.advanceAsync(20_000, 1_000);
      expect(worker.isTerminated).to.equal(false);
      third.close();
      await timers.clock.advanceAsync(9_999, 1_000);
      expect(ends()).to.equal(0);
      await timers.clock.advanceAsync(1);
      expect(worker.isTerminated).to.equal(true);
      expect(ends()).to.equal(1);
      expect(timers.clock.pending).to.equal(0);
    });

    it('ends with an error of the worker, with which all hashes reject', async () => {
      for (const message of ['out of memory', '']) {
        const { worker, shared, ends } = await running();
        const failing = rejectionOf(shared.lease().open('sha256').digest());
        expect(worker.fail(message)).to.equal(true);
        expect(await failing).to.include({ message: message || 'The hash worker failed' });
        expect(worker.isTerminated).to.equal(true);
        expect(ends()).to.equal(1);
      }
    });

    it('ends a worker that is silent, and leaves no timer', async () => {
      const { worker, shared, ends } = await running();
      const hasher = shared.lease();
      const failing = rejectionOf(hasher.open('sha256').digest());
      await timers.clock.advanceAsync(10_000, 1_000);
      expect(await failing).to.include({ code: 'timeout' });
      expect(worker.isTerminated).to.equal(true);
      expect(ends()).to.equal(1);
      expect(timers.clock.pending).to.equal(0);
    });

    it('is reliable from its first reply to its end, after which hashes reject at once', async () => {
      const { worker, shared } = await running();
      const hasher = shared.lease();
      expect(shared.isReliable).to.equal(false);
      worker.reply({ added: new Uint8Array() });
      expect(shared.isReliable).to.equal(true);
      worker.fail('out of memory');
      expect(shared.isReliable).to.equal(false);
      expect(await rejectionOf(hasher.open('sha256').digest())).to.include({ message: 'out of memory' });
    });

    it('sends each file without a copy, and resolves with the reply to it', async () => {
      const { worker, shared } = await running();
      const lease = shared.lease();
      const [first, second] = [bytesOf(3), bytesOf(4)];
      const writing = [lease.write('a', first), lease.write('b', second)];
      expect(worker.requests).to.deep.equal([
        { id: 1, file: 'a', content: first },
        { id: 2, file: 'b', content: second },
      ]);
      expect(worker.transferred).to.deep.equal([[first.buffer], [second.buffer]]);
      const failure = { name: 'NotSupportedError', message: 'refused' };
      worker.reply({ id: 2, content: second, failure });
      worker.reply({ id: 1, content: first, sha256: 'abc' });
      expect((await writing[0])?.sha256).to.equal('abc');
      expect((await writing[1])?.failure).to.equal(failure);
      // A late reply belongs to nothing.
      worker.reply({ id: 1, content: first, failure });
    });

    it('rejects the files of a worker that ends, and of one that has ended', async () => {
      const { worker, shared } = await running();
      const lease = shared.lease();
      const failing = rejectionOf(lease.write('a', bytesOf(3)));
      worker.fail('out of memory');
      expect(await failing).to.include({ message: 'out of memory' });
      expect(await rejectionOf(lease.write('b', bytesOf(4)))).to.include({ message: 'out of memory' });
      expect(worker.requests).to.have.lengthOf(1);
    });

    it('sends nothing more of a hash that is closed', async () => {
      const { worker, shared } = await running();
      const hash = shared.lease().open('sha256');
      const digesting = rejectionOf(hash.digest());
      hash.close();
      worker.reply({ id: 1, hash: 'late' });
      expect(await digesting).to.include({ message: 'The hash was closed' });
    });
  });
});
