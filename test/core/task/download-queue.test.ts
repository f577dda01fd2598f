import { expect } from 'chai';
import { ProgressStateManager, type DownloadLoaderContext } from 'model-download/core';
import { DownloadQueue, DownloadTask, QueueSlot, type TransferControl } from '#dist/core/internal.js';
import { FakeClock, settle } from '../../support/fake-clock.js';

/** A load that the test ends. */
class HeldLoad {
  readonly task: DownloadTask<string>;
  isRunning = false;
  end: (result: string) => void = () => undefined;
  fail: (cause: unknown) => void = () => undefined;

  constructor(modelKey: string, queue: DownloadQueue, states: ProgressStateManager, transfer?: TransferControl) {
    const load = (_context: DownloadLoaderContext): Promise<string> => {
      this.isRunning = true;
      return new Promise<string>((resolve, reject) => ([this.end, this.fail] = [resolve, reject])).finally(() => (this.isRunning = false));
    };
    this.task = new DownloadTask({
      modelKey,
      modelName: modelKey,
      load,
      queue,
      states,
      transfer,
      clock: new FakeClock(),
      automaticAttempts: 0,
    });
  }
}

const PAUSABLE: TransferControl = {
  canPause: true,
  kept: true,
  pause: () => undefined,
  resume: () => undefined,
  discard: () => Promise.resolve(),
};

/** A number of loads in one queue, joined in their order. */
async function loadsOf(count: number, limit: number | undefined, transfer?: TransferControl) {
  const states = new ProgressStateManager({ clock: new FakeClock() });
  const queue = new DownloadQueue(limit);
  const loads = Array.from({ length: count }, (_, index) => new HeldLoad(`model-${index}`, queue, states, transfer));
  const results = loads.map(({ task }) => task.join());
  for (const result of results) result.catch(() => undefined);
  await settle();
  const running = (): number[] => loads.flatMap(({ isRunning }, index) => (isRunning ? [index] : []));
  const status = (index: number): string | undefined => states.getState(`model-${index}`)?.status;
  return { loads, results, running, status };
}

describe('downloads that share a queue', () => {
  it('run up to the limit, and the next one in order when one has ended', async () => {
    const { loads, results, running, status } = await loadsOf(5, 2);
    expect(running()).to.deep.equal([0, 1]);
    expect(status(2)).to.equal('queued');
    loads[1]?.end('one');
    expect(await results[1]).to.equal('one');
    await settle();
    expect(running()).to.deep.equal([0, 2]);
    loads[0]?.end('zero');
    loads[2]?.end('two');
    await settle();
    expect(running()).to.deep.equal([3, 4]);
  });

  it('all run at once without a limit', async () => {
    expect((await loadsOf(4, undefined)).running()).to.deep.equal([0, 1, 2, 3]);
  });

  it('leave the queue when they are cancelled, waiting or not', async () => {
    const { loads, running, status } = await loadsOf(4, 1);
    loads[1]?.task.cancel();
    await settle();
    expect(status(1)).to.equal('cancelled');
    loads[0]?.task.cancel();
    await settle();
    expect(running().at(-1)).to.equal(2);
    expect(loads[1]?.isRunning).to.equal(false);
  });

  it('let others run while one is paused, and start a resumed one without a wait', async () => {
    const { loads, running, status } = await loadsOf(3, 1, PAUSABLE);
    loads[0]?.task.pause();
    await settle();
    expect(running()).to.deep.equal([0, 1]);
    loads[0]?.task.resume();
    await settle();
    expect([status(0), status(1), status(2)]).to.deep.equal(['checking', 'checking', 'queued']);
    loads[1]?.end('one');
    await settle();
    // The resumed one has the slot now.
    expect(status(2)).to.equal('queued');
  });

  it('let others run while one waits for the user, whose retry starts without a wait', async () => {
    const { loads, running, status } = await loadsOf(3, 1);
    loads[0]?.fail(new TypeError('Failed to fetch'));
    await settle();
    expect(status(0)).to.equal('failed');
    expect(running()).to.deep.equal([1]);
    loads[0]?.task.retry();
    await settle();
    expect(running()).to.deep.equal([0, 1]);
    expect(status(2)).to.equal('queued');
  });

  it('reject a limit that is not a number from 1 up', () => {
    for (const limit of [0, -1, NaN])
      expect(() => new DownloadQueue(limit), `${limit}`).to.throw(RangeError, `concurrency must be a number from 1 up, got ${limit}`);
  });
});

describe('QueueSlot', () => {
  it('never waits without a queue', () => {
    const slot = new QueueSlot(undefined);
    expect(slot.acquire()).to.equal(undefined);
    slot.acquireAtOnce();
    slot.release();
    expect(slot.acquire()).to.equal(undefined);
  });

  it('waits while the queue is full, and resolves when another one is released', async () => {
    const queue = new DownloadQueue(1);
    const [first, second] = [new QueueSlot(queue), new QueueSlot(queue)];
    expect(first.acquire()).to.equal(undefined);
    let isStarted = false;
    void second.acquire()?.then(() => (isStarted = true));
    await settle();
    expect([isStarted, queue.running]).to.deep.equal([false, 1]);
    first.release();
    await settle();
    expect([isStarted, queue.running]).to.deep.equal([true, 1]);
    expect(second.acquire()).to.equal(undefined);
  });

  it('is acquired once, however often it is requested', () => {
    const queue = new DownloadQueue(2);
    const slot = new QueueSlot(queue);
    slot.acquire();
    slot.acquire();
    slot.acquireAtOnce();
    expect(queue.running).to.equal(1);
    slot.release();
    slot.release();
    expect(queue.running).to.equal(0);
  });

  it('keeps its place when it is requested again while it waits', () => {
    const queue = new DownloadQueue(1);
    const slots = [new QueueSlot(queue), new QueueSlot(queue), new QueueSlot(queue)];
    for (const slot of slots) slot.acquire();
    expect(slots[1]?.acquire()).to.be.an.instanceOf(Promise);
    slots[1]?.acquireAtOnce();
    expect(queue.running).to.equal(1);
    slots[0]?.release();
    expect(slots[1]?.acquire()).to.equal(undefined);
    expect(slots[2]?.acquire()).to.be.an.instanceOf(Promise);
  });

  it('exceeds the limit when it is acquired at once, and the next waits until there is room', () => {
    const queue = new DownloadQueue(1);
    const slots = [new QueueSlot(queue), new QueueSlot(queue), new QueueSlot(queue)];
    slots[0]?.acquire();
    slots[1]?.acquire();
    slots[2]?.acquireAtOnce();
    expect(queue.running).to.equal(2);
    slots[0]?.release();
    expect(slots[1]?.acquire()).to.be.an.instanceOf(Promise);
    slots[2]?.release();
    expect(slots[1]?.acquire()).to.equal(undefined);
  });

  it('leaves the queue when it is released while it waits', () => {
    const queue = new DownloadQueue(1);
    const slots = [new QueueSlot(queue), new QueueSlot(queue), new QueueSlot(queue)];
    for (const slot of slots) slot.acquire();
    slots[1]?.release();
    slots[0]?.release();
    expect(slots[2]?.acquire()).to.equal(undefined);
    expect(queue.running).to.equal(1);
  });

  it('leaves the promise of a request that is released pending, and starts no other in its place', async () => {
    const queue = new DownloadQueue(1);
    const slots = [new QueueSlot(queue), new QueueSlot(queue), new QueueSlot(queue)];
    const started: number[] = [];
    slots.forEach((slot, index) => void slot.acquire()?.then(() => started.push(index)));
    slots[1]?.release();
    await settle();
    expect([started, queue.running]).to.deep.equal([[], 1]);
    slots[0]?.release();
    await settle();
    expect([started, queue.running]).to.deep.equal([[2], 1]);
  });

  it('resolves a request that was released, once the slot is acquired at once', async () => {
    const queue = new DownloadQueue(1);
    const [other, slot] = [new QueueSlot(queue), new QueueSlot(queue)];
    other.acquire();
    let isStarted = false;
    void slot.acquire()?.then(() => (isStarted = true));
    slot.release();
    slot.release();
    slot.acquireAtOnce();
    await settle();
    expect([isStarted, queue.running]).to.deep.equal([true, 2]);
    slot.release();
    expect(queue.running).to.equal(1);
  });

  it('lets a new download in only below the limit, after some were acquired at once', () => {
    const queue = new DownloadQueue(2);
    const slots = Array.from({ length: 5 }, () => new QueueSlot(queue));
    for (const slot of slots.slice(0, 4)) slot.acquireAtOnce();
    expect(slots[4]?.acquire()).to.be.an.instanceOf(Promise);
    for (const slot of slots.slice(0, 2)) slot.release();
    expect(slots[4]?.acquire(), 'two run').to.be.an.instanceOf(Promise);
    slots[2]?.release();
    expect(slots[4]?.acquire()).to.equal(undefined);
    expect(queue.running).to.equal(2);
  });

  it('rounds a limit down', () => {
    const queue = new DownloadQueue(1.9);
    expect([new QueueSlot(queue).acquire(), new QueueSlot(queue).acquire()].map((wait) => wait === undefined)).to.deep.equal([true, false]);
  });
});
