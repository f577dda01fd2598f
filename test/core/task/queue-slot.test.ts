import { expect } from 'chai';
import { DownloadQueue, QueueSlot } from '#dist/core/internal.js';
import { settle } from '../../support/fake-clock.js';

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
