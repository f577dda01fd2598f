import assert from 'node:assert/strict';
import { describe, it } from '../../support/suite.js';
import { MemoryPartialStore } from '../../../dist/transfer/store/memory-partial-store.js';
import { SegmentWriter } from '../../../dist/transfer/store/segment-writer.js';
import { TolerantStore } from '../../../dist/transfer/store/tolerant-store.js';
import { never, refusal, settle, TestClock } from '../ports-support.js';
import { contentOf, FILE } from './store-support.js';

const MiB = 1024 * 1024;

describe('SegmentWriter', () => {
  const body = { url: FILE, total: undefined, validator: undefined, writtenBy: 'a' };

  /** A writer with more bytes than may wait, on a store that does not answer. */
  function stuckWriter() {
    const clock = new TestClock();
    const hanging = Object.assign(new MemoryPartialStore(), { append: () => never });
    const causes = [];
    const store = new TolerantStore(() => Promise.resolve(hanging), clock);
    // Three segments of any length count as 192 MiB.
    const options = { store, clock, segmentSize: 64 * MiB, onFull: (cause) => causes.push(cause) };
    const writer = new SegmentWriter({ ...body, total: 9 }, 0, options);
    for (const start of [0, 3]) {
      void writer.write([contentOf('a', start, 3)]);
      void writer.flush();
    }
    return { clock, causes, writer, writing: writer.write([contentOf('a', 6, 3)]) };
  }

  const isSettled = async (promise) => {
    let settled = false;
    void promise.then(() => (settled = true));
    await settle();
    return settled;
  };

  it('lets its writer continue if the disk does not answer in time, and reports that nothing is stored', async () => {
    const { clock, causes, writer, writing } = stuckWriter();
    assert.equal(await isSettled(writing), false);
    await clock.advance(10_000);
    assert.equal(await isSettled(writing), true);
    assert.equal(await isSettled(writer.flush()), true);
    assert.deepEqual(
      causes.map(({ code }) => code),
      ['timeout'],
    );
    assert.equal(clock.pending, 0);
  });

  it('waits until fewer bytes wait, one segment after another, and also for one that is being filled', async () => {
    const clock = new TestClock();
    const ends = [];
    const store = Object.assign(new MemoryPartialStore(), { append: () => new Promise((resolve) => ends.push(resolve)) });
    const writer = new SegmentWriter(body, 0, { store, clock, segmentSize: 4, onFull: () => undefined });
    await writer.write([contentOf('a', 0, 14)]);
    const waits = [15, 10, 6, 2].map((most) => writer.untilFewer(most));
    const settled = async () => (await Promise.all(waits.map(isSettled))).filter(Boolean).length;
    const counts = [await settled()];
    for (let stored = 0; stored < 4; stored++) {
      ends[stored]?.();
      counts.push(await settled());
    }
    assert.deepEqual(counts, [1, 1, 2, 3, 4]);
    assert.equal(writer.storedEnd, 14);
    await writer.write([contentOf('a', 14, 8)]);
    const last = writer.untilFewer(1);
    assert.equal(await isSettled(last), false);
    const dropping = writer.drop();
    ends[4]();
    await dropping;
    assert.equal(await isSettled(last), true, 'if no more bytes are stored');
  });

  it('lets every writer continue at once when it is closed', async () => {
    const { clock, causes, writer, writing } = stuckWriter();
    const second = writer.write([new Uint8Array(1)]);
    const dropping = writer.drop();
    assert.equal(await isSettled(Promise.all([writing, second])), true);
    await clock.advance(10_000);
    assert.equal(await isSettled(dropping), true);
    assert.deepEqual(causes, []);
    assert.equal(clock.pending, 0);
  });

  it('leaves no timer, whatever happens after the end', async () => {
    for (const end of ['drop', 'flush']) {
      const clock = new TestClock();
      const writer = new SegmentWriter(body, 0, { store: new MemoryPartialStore(), clock, segmentSize: 4, onFull: () => undefined });
      await writer[end]();
      await writer.write([contentOf('a', 0, 3)]);
      assert.equal(clock.pending, 0, end);
      await writer[end]();
    }
  });

  it('continues if the callback for a full disk throws', async () => {
    const clock = new TestClock();
    const store = Object.assign(new MemoryPartialStore(), {
      append: () => {
        throw refusal('QuotaExceededError');
      },
    });
    const onFull = () => {
      throw new Error('of the page');
    };
    const writer = new SegmentWriter(body, 0, { store, clock, segmentSize: 4, onFull });
    await writer.write([contentOf('a', 0, 9)]);
    await writer.flush();
    assert.equal(writer.isFull, true);
    await writer.write([contentOf('a', 9, 9)]);
    await writer.drop();
  });
});
