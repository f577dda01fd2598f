import assert from 'node:assert/strict';
import { describe, it } from '../../support/suite.js';
import { lengthOf } from '../../../dist/transfer/network/chunk.js';
import { MemoryPartialStore } from '../../../dist/transfer/store/memory-partial-store.js';
import { PartialBody } from '../../../dist/transfer/store/partial-body.js';
import { deleteSpare } from '../../../dist/transfer/store/room.js';
import { TolerantStore } from '../../../dist/transfer/store/tolerant-store.js';
import { refusal, settle, TestClock } from '../ports-support.js';
import { contentOf, FILE, segmentOf } from './store-support.js';

describe('PartialBody', () => {
  const options = (store, more = {}) => ({ store, clock: new TestClock(), segmentSize: 4, onFull: () => undefined, ...more });
  const file = { url: FILE, total: undefined, validator: undefined };

  async function heldStore() {
    const store = new MemoryPartialStore();
    await store.append(segmentOf('a', 0, 4));
    await store.append(segmentOf('a', 4, 4));
    return { store, held: await store.find(FILE) };
  }

  async function readHeld(kept) {
    const bytes = [];
    for (;;) {
      const piece = await kept.read();
      if (!piece || piece === 'gap') return { bytes, end: piece };
      for (const chunk of piece.chunks) bytes.push(...chunk);
    }
  }

  it('accepts no bytes that it cannot store', async () => {
    const { store, held } = await heldStore();
    const kept = new PartialBody(options(store));
    kept.open(file, 0, held);
    let taken = 0;
    const take = () => ((taken += 1), [contentOf('a', 8, 2)]);
    assert.equal(await kept.storeAhead(take), 2);
    await kept.drop();
    await store.delete(FILE);
    assert.equal(await kept.storeAhead(take), 0);
    assert.equal(taken, 1);
    assert.equal((await readHeld(kept)).end, 'gap');
    assert.equal(kept.unread, 0);
  });

  it('reads the later bytes after the stored ones, and continues the same body', async () => {
    const { store, held } = await heldStore();
    const kept = new PartialBody(options(store));
    kept.open(file, 2, held);
    await kept.storeAhead(() => [contentOf('a', 8, 3)]);
    assert.deepEqual(await readHeld(kept), { bytes: [...contentOf('a', 2, 9)], end: undefined });
    await kept.write([contentOf('a', 11, 2)]);
    await kept.flush();
    const { length, writtenBy } = await store.find(FILE);
    assert.deepEqual([length, writtenBy], [13, 'a']);
  });

  it('starts a new body without stored bytes, or if they end before the next byte', async () => {
    const { store, held } = await heldStore();
    const kept = new PartialBody(options(store));
    kept.open(file, 9, held);
    await kept.write([contentOf('a', 9, 4)]);
    await kept.flush();
    assert.equal(await store.find(FILE), undefined);
    kept.open(file, 0);
    await kept.write([contentOf('c', 0, 4)]);
    await kept.flush();
    const found = await store.find(FILE);
    assert.equal(found.length, 4);
    assert.notEqual(found.writtenBy, 'a');
  });

  describe('on a full disk', () => {
    /** A body whose bytes after the fourth cannot be stored. */
    function openFull() {
      const store = new MemoryPartialStore();
      const { append } = store;
      store.append = (segment) => (segment.start < 4 ? append.call(store, segment) : Promise.reject(refusal('QuotaExceededError')));
      const body = new PartialBody(options(store));
      body.open(file, 0);
      return { store, body };
    }

    it('lets another file have its room', async () => {
      const { store, body } = openFull();
      await body.write([contentOf('a', 0, 3)]);
      assert.deepEqual(body.written, { stored: 0, waiting: 3 });
      await body.write([contentOf('a', 3, 1)]);
      await body.flush();
      await deleteSpare();
      assert.notEqual(await store.find(FILE), undefined, 'while it is not full');
      assert.deepEqual(body.written, { stored: 4, waiting: 0 });
      await body.write([contentOf('a', 4, 4)]);
      await body.flush();
      assert.equal(body.isFull, true);
      await deleteSpare();
      assert.equal(await store.find(FILE), undefined);
    });

    it('keeps the bytes that its reader has not read', async () => {
      const { store, body } = openFull();
      await body.storeAhead(() => [contentOf('a', 0, 8)]);
      await body.flush();
      await deleteSpare();
      assert.equal((await store.find(FILE)).length, 4);
      assert.deepEqual((await readHeld(body)).bytes, [...contentOf('a', 0, 8)]);
      await deleteSpare();
      assert.equal(await store.find(FILE), undefined);
    });

    it('keeps its bytes for another visit after the end of the download', async () => {
      const { store, body } = openFull();
      await body.write([contentOf('a', 0, 8)]);
      await body.keep([], 8);
      await deleteSpare();
      assert.equal((await store.find(FILE)).length, 4);
    });
  });

  it('returns no more bytes than requested if a store does', async () => {
    const { store, held } = await heldStore();
    store.read = async function* () {
      yield contentOf('a', 0, 100);
    };
    const kept = new PartialBody(options(store));
    kept.open(file, 0, held);
    assert.deepEqual(await readHeld(kept), { bytes: [...contentOf('a', 0, 8)], end: undefined });
  });

  it('reports a gap if the store fails, and stores no more bytes', async () => {
    const { store, held } = await heldStore();
    store.read = async function* () {
      yield contentOf('a', 0, 4);
      throw refusal('InvalidStateError');
    };
    const clock = new TestClock();
    const kept = new PartialBody(options(new TolerantStore(() => Promise.resolve(store), clock), { clock }));
    kept.open(file, 0, held);
    assert.deepEqual(await readHeld(kept), { bytes: [...contentOf('a', 0, 4)], end: 'gap' });
    assert.equal(kept.isFull, true);
  });

  it('distinguishes the bytes of an earlier visit from those that were stored ahead', async () => {
    const { store, held } = await heldStore();
    const kept = new PartialBody(options(store));
    kept.open(file, 0, held);
    assert.equal(await kept.storeAhead(() => [contentOf('a', 8, 3)]), 3);
    assert.deepEqual([kept.unread, kept.unreadStored], [11, 8]);
    const pieces = [];
    for (let piece = await kept.read(); piece; piece = await kept.read()) {
      assert.ok(piece !== 'gap');
      pieces.push([lengthOf(piece.chunks), piece.wasStored]);
    }
    assert.deepEqual(pieces, [
      [4, true],
      [4, true],
      [3, false],
    ]);
    assert.deepEqual([kept.unread, kept.unreadStored], [0, 0]);
  });

  it('lets a reader continue, and leaves new bytes in the connection, while the disk is too slow for them', async () => {
    const ends = [];
    const store = new MemoryPartialStore();
    const { append } = store;
    store.append = (segment) => new Promise((resolve) => ends.push(() => resolve(append.call(store, segment))));
    const segmentSize = 8 * 1024 * 1024;
    const kept = new PartialBody(options(store, { segmentSize }));
    kept.open(file, 0);
    const read = () => [new Uint8Array(segmentSize)];
    assert.deepEqual([await kept.storeAhead(read), await kept.storeAhead(read, false)], [segmentSize, segmentSize]);
    assert.equal(await kept.storeAhead(read, false), 0);
    let stored;
    void kept.storeAhead(read).then((count) => (stored = count));
    await settle();
    assert.equal(stored, undefined, 'without a reader it waits');
    ends[0]();
    await settle();
    assert.equal(stored, segmentSize);
    assert.equal(kept.written.stored, segmentSize);
    const dropping = kept.drop();
    ends[1]();
    await dropping;
  });

  it('stores nothing ahead where no body is open, or another download has the file', async () => {
    const { store } = await heldStore();
    const kept = new PartialBody(options(store));
    assert.equal(await kept.storeAhead(() => assert.fail('they would be lost')), 0);
    kept.open(file, 0);
    await kept.stopWriting();
    assert.equal(await kept.storeAhead(() => assert.fail('they would be lost')), 0);
  });

  it('stores the bytes of a new body ahead, and reads them in order from the store and the memory', async () => {
    const store = new MemoryPartialStore();
    const kept = new PartialBody(options(store));
    kept.open(file, 0);
    assert.equal(kept.isRead, true);
    await kept.storeAhead(() => [contentOf('a', 0, 5)]);
    await kept.flush();
    await kept.storeAhead(() => [contentOf('a', 5, 3)]);
    assert.deepEqual([kept.unread, kept.isRead, (await store.find(FILE)).length], [8, false, 5]);
    assert.deepEqual(await readHeld(kept), { bytes: [...contentOf('a', 0, 8)], end: undefined });
    assert.deepEqual([kept.unread, kept.isRead], [0, true]);
    await kept.write([contentOf('a', 8, 4)]);
    await kept.flush();
    assert.equal((await store.find(FILE)).length, 12);
  });

  it('reads what exceeds the memory from the store', async () => {
    const [store, segmentSize] = [new MemoryPartialStore(), 4 * 1024 * 1024];
    const { read } = store;
    const places = [];
    store.read = (body, start, end) => (places.push([start, end]), read.call(store, body, start, end));
    const kept = new PartialBody(options(store, { segmentSize }));
    kept.open(file, 0);
    const values = [1, 2, 3, 4, 6, 7, 8, 9, 10];
    const chunks = values.map((value) => new Uint8Array(segmentSize).fill(value));
    for (const chunk of chunks) await kept.storeAhead(() => [chunk]);
    await kept.flush();
    await kept.storeAhead(() => [Uint8Array.of(5)]);
    const firsts = [];
    for (let piece = await kept.read(); piece; piece = await kept.read()) {
      assert.ok(piece !== 'gap');
      firsts.push([piece.chunks[0][0], lengthOf(piece.chunks)]);
    }
    assert.deepEqual(firsts, [...values.map((value) => [value, segmentSize]), [5, 1]]);
    assert.deepEqual(places, [[0, 2 * segmentSize]]);
  });

  it('loses no bytes that were stored ahead if the disk is full', async () => {
    const store = new MemoryPartialStore();
    const { append } = store;
    store.append = (segment) => (segment.start < 4 ? append.call(store, segment) : Promise.reject(refusal('QuotaExceededError')));
    const kept = new PartialBody(options(store));
    kept.open(file, 0);
    await kept.storeAhead(() => [contentOf('a', 0, 4)]);
    await kept.flush();
    await kept.storeAhead(() => [contentOf('a', 4, 6)]);
    await kept.flush();
    assert.equal(kept.isFull, true);
    assert.equal(await kept.storeAhead(() => assert.fail('they cannot be stored')), 0);
    assert.deepEqual(await readHeld(kept), { bytes: [...contentOf('a', 0, 10)], end: undefined });
  });

  it('stores no bytes that do not follow the stored ones', async () => {
    const store = new MemoryPartialStore();
    const kept = new PartialBody(options(store));
    kept.open(file, 0);
    await kept.write([contentOf('a', 4, 4)], 4);
    await kept.flush();
    assert.equal(await store.find(FILE), undefined);
    await kept.write([contentOf('a', 0, 4)], 0);
    await kept.flush();
    assert.equal((await store.find(FILE)).length, 4);
  });

  it('marks the bytes from a moment on as of no proven version', async () => {
    const store = new MemoryPartialStore();
    const kept = new PartialBody(options(store));
    kept.disprove();
    kept.open({ url: FILE, total: 8, validator: '"a"' }, 0);
    await kept.write([contentOf('a', 0, 4)]);
    await kept.flush();
    assert.equal((await store.find(FILE)).validator, '"a"');
    kept.disprove();
    await kept.write([contentOf('a', 4, 4)]);
    await kept.flush();
    assert.equal((await store.find(FILE)).validator, undefined);
  });

  it('leaves the store to another download, and can still read the bytes of an earlier visit', async () => {
    const { store, held } = await heldStore();
    const kept = new PartialBody(options(store));
    kept.open(file, 0, held);
    await kept.stopWriting();
    await kept.write([contentOf('a', 8, 4)]);
    await kept.flush();
    assert.equal((await store.find(FILE)).length, 8);
    assert.deepEqual(await readHeld(kept), { bytes: [...contentOf('a', 0, 8)], end: undefined });
    kept.open(file, 0);
    await kept.write([contentOf('b', 0, 4)]);
    await kept.flush();
    assert.equal((await store.find(FILE)).writtenBy, 'a');
  });

  it('deletes its own stored bytes where they are wrong, and not those of another body', async () => {
    const { store, held } = await heldStore();
    const kept = new PartialBody(options(store));
    await kept.delete();
    assert.equal((await store.find(FILE)).length, 8);
    kept.open(file, 0, held);
    await store.append(segmentOf('b', 0, 3));
    await kept.delete();
    assert.equal((await store.find(FILE)).writtenBy, 'b');
    const own = new PartialBody(options(store));
    own.open(file, 0, await store.find(FILE));
    await own.delete();
    assert.equal(await store.find(FILE), undefined);
    assert.equal(own.isFull, true);
  });

  it('is full once bytes cannot be stored', async () => {
    const causes = [];
    const error = refusal('QuotaExceededError');
    const store = Object.assign(new MemoryPartialStore(), { append: () => Promise.reject(error) });
    const kept = new PartialBody(options(store, { onFull: (cause) => causes.push(cause) }));
    assert.equal(kept.isFull, false);
    kept.open(file, 0);
    assert.equal(kept.isFull, false);
    await kept.write([contentOf('a', 0, 4)]);
    await kept.flush();
    assert.equal(kept.isFull, true);
    assert.deepEqual(causes, [error]);
  });
});
