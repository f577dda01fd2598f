import { expect } from 'chai';
import { openHasher } from '#dist/transfer/integrity/hasher.js';
import { FakeHashWorker } from '../../support/fake-hash-worker.js';
import { stubGlobal } from '../../support/stub-global.js';

const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

function stubLocation(): () => void {
  return stubGlobal('location', { value: new URL(import.meta.url) });
}

/** Replies, or fails, once the worker is awaited. */
function onStart(react: (worker: FakeHashWorker) => void): void {
  FakeHashWorker.onStart = (worker) => queueMicrotask(() => react(worker));
}

// The realm remembers its worker, and that none can be started: the order of these tests matters.
describe('openHasher', () => {
  let restores: (() => void)[];

  beforeEach(() => {
    FakeHashWorker.started = [];
    FakeHashWorker.onStart = () => undefined;
    // Node has no address of a page.
    restores = [stubGlobal('Worker', { value: FakeHashWorker }), ...('location' in globalThis ? [] : [stubLocation()])];
  });

  afterEach(() => {
    for (const restore of restores) restore();
  });

  it('starts no worker for the rare algorithms', async () => {
    for (const algorithm of ['sha384', 'sha512'] as const) {
      const hasher = await openHasher(algorithm);
      expect(await hasher.open(algorithm).digest()).to.have.lengthOf(algorithm === 'sha384' ? 96 : 128);
    }
    expect(FakeHashWorker.started).to.deep.equal([]);
  });

  it('starts one worker for all, and a new one once that has ended', async () => {
    onStart((worker) => worker.reply({ ready: true }));
    const [first, second] = await Promise.all([openHasher('sha256'), openHasher('sha1')]);
    await openHasher('sha256');
    expect(FakeHashWorker.started).to.have.lengthOf(1);
    const digesting = second.open('sha1').digest();
    FakeHashWorker.started[0]?.reply({ id: 1, hash: 'abc' });
    expect(await digesting).to.equal('abc');
    first.open('sha256');
    FakeHashWorker.started[0]?.fail('out of memory');
    await openHasher('sha256');
    expect(FakeHashWorker.started).to.have.lengthOf(2);
    FakeHashWorker.started[1]?.fail('out of memory');
  });

  it('starts a second worker, by the address as it is, if the first one cannot be loaded', async () => {
    onStart((worker) => {
      if (FakeHashWorker.started.length === 1) worker.fail('not found');
      else worker.reply({ ready: true });
    });
    await openHasher('sha256');
    const [first, second] = FakeHashWorker.started;
    expect(first?.isTerminated).to.equal(true);
    expect(second?.isTerminated).to.equal(false);
    expect(second?.address).to.be.instanceOf(URL);
    second?.fail('ended');
  });

  it('hashes in this realm if no worker can be started, and does not try again', async () => {
    onStart((worker) => worker.fail('blocked by a policy'));
    const hasher = await openHasher('sha256');
    expect(FakeHashWorker.started).to.have.lengthOf(2);
    expect(await hasher.open('sha256').digest()).to.equal(EMPTY);
    const again = await openHasher('sha256');
    expect(FakeHashWorker.started).to.have.lengthOf(2);
    expect(await again.open('sha256').digest()).to.equal(EMPTY);
  });

  it('hashes in this realm where there are no workers', async () => {
    const restore = stubGlobal('Worker', undefined);
    try {
      const hasher = await openHasher('sha256');
      expect(await hasher.open('sha256').digest()).to.equal(EMPTY);
    } finally {
      restore();
    }
  });
});
