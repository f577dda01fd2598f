// What is held of a file: bytes of one body, whatever is deleted, replaced or damaged while they are read.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { PartialBody } from '../../../dist/transfer/store/partial-body.js';
import { SegmentWriter } from '../../../dist/transfer/store/segment-writer.js';
import { TolerantStore } from '../../../dist/transfer/store/tolerant-store.js';
import { CachePartialStore, createDownloadFetch, MemoryPartialStore, PARTIAL_CACHE } from '../../../dist/transfer/index.js';
import { FakeCaches, never, refusal, settle, stub, TestClock } from '../ports-support.js';

const FILE = 'https://hub.example/model.onnx';
const MiB = 1024 * 1024;

/** Enough to find each fault that these tests were written for; `RUNS=5000` looks further. */
const RUNS = Number(process.env.RUNS ?? 250);

/** The bytes of a body: no two bodies have the same byte at the same place. */
const contentOf = (body, start, length) => Uint8Array.from({ length }, (_, index) => (start + index) * 7 + body.charCodeAt(0));

const segment = (body, start, length, more = {}) => ({
  url: FILE,
  start,
  bytes: contentOf(body, start, length),
  total: undefined,
  validator: undefined,
  writtenBy: body,
  keptAt: start,
  ...more,
});

async function readAll(store, held, start = 0) {
  const bytes = [];
  for await (const piece of store.read(held, start)) bytes.push(...piece);
  return bytes;
}

/** A store in memory whose answers come in any order. */
function scheduledMemory(scheduler) {
  const store = new MemoryPartialStore();
  const later = () => scheduler.schedule(Promise.resolve());
  return {
    find: async (url) => (await later(), store.find(url)),
    append: async (one) => (await later(), store.append(one)),
    delete: async (url) => (await later(), store.delete(url)),
    list: async () => (await later(), store.list()),
    async *read(held, start) {
      for await (const piece of store.read(held, start)) {
        await later();
        yield piece;
      }
    },
  };
}

/** Cache Storage whose answers come in any order. */
function scheduledCache(scheduler) {
  const caches = new FakeCaches();
  caches.before = () => scheduler.schedule(Promise.resolve());
  Object.defineProperty(globalThis, 'caches', { configurable: true, value: caches });
  return new CachePartialStore();
}

const visits = fc.record({
  bodies: fc.array(fc.record({ lengths: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 5 }), isProven: fc.boolean() }), {
    minLength: 1,
    maxLength: 3,
  }),
  readers: fc.array(fc.record({ from: fc.double({ min: 0, max: 1, noNaN: true }) }), { minLength: 1, maxLength: 3 }),
  deletions: fc.integer({ min: 0, max: 2 }),
  damages: fc.array(fc.record({ at: fc.nat(20), by: fc.constantFrom(-1, 1) }), { maxLength: 2 }),
  scheduler: fc.scheduler(),
});

/** Reads what is held through the layer's own reader, and checks each byte. */
async function checkReading(store, from) {
  const held = await store.find(FILE);
  if (!held) return;
  const start = Math.floor(held.length * from);
  const kept = new PartialBody({ store, clock: new TestClock(), segmentSize: 4, onFull: () => undefined });
  kept.open({ url: FILE, total: held.total, validator: held.validator }, start, held);
  let position = start;
  for (let piece = await kept.read(); piece; piece = await kept.read()) {
    if (piece === 'gap') return;
    assert.deepEqual([...piece.bytes], [...contentOf(held.writtenBy, position, piece.bytes.length)]);
    position += piece.bytes.length;
  }
  assert.equal(position, held.length);
}

for (const [name, create] of Object.entries({ memory: scheduledMemory, 'Cache Storage': scheduledCache })) {
  describe(`bodies in ${name}`, () => {
    it('are read as they were written, or end early, in whatever order things happen', async () => {
      const property = fc.asyncProperty(visits, async ({ bodies, readers, deletions, damages, scheduler }) => {
        const store = create(scheduler);
        const write = async ({ lengths, isProven }, index) => {
          let start = 0;
          for (const length of lengths) {
            await store.append(segment('abc'[index], start, length, { validator: isProven ? '"1"' : undefined }));
            start += length;
          }
        };
        const damage = async ({ at, by }) => {
          await scheduler.schedule(Promise.resolve());
          const entries = /** @type {any} */ (globalThis.caches)?.entries?.get(PARTIAL_CACHE) ?? new Map();
          const key = [...entries.keys()][at];
          if (key) entries.set(key, new Uint8Array(entries.get(key).length + by).fill(255));
        };
        const all = [
          ...bodies.map(write),
          ...readers.map(({ from }) => checkReading(store, from)),
          ...Array.from({ length: deletions }, () => store.delete(FILE)),
          ...damages.map(damage),
          store.list(),
        ];
        await scheduler.waitFor(Promise.all(all));
        await scheduler.waitFor(checkReading(store, 0));
        await scheduler.waitFor(store.delete(FILE));
        assert.equal(await scheduler.waitFor(store.find(FILE)), undefined);
      });
      await fc.assert(property, { numRuns: RUNS });
      Reflect.deleteProperty(globalThis, 'caches');
    });
  });
}

const stores = {
  memory: () => new MemoryPartialStore(),
  'Cache Storage': (test) => (stub(test, 'caches', { value: new FakeCaches() }), new CachePartialStore()),
};

for (const [name, create] of Object.entries(stores)) {
  describe(`a store in ${name}`, () => {
    it('joins no two bodies that nothing proves to be of one version', async (test) => {
      const store = create(test);
      await store.append(segment('a', 0, 3));
      await store.append(segment('b', 3, 3));
      assert.equal(await store.find(FILE), undefined);
      await store.append(segment('a', 0, 3));
      await store.append(segment('a', 3, 3));
      const held = await store.find(FILE);
      assert.equal(held.length, 6);
      assert.deepEqual(await readAll(store, held), [...contentOf('a', 0, 6)]);
    });

    it('says of a body that went on under another validator that nothing proves its version', async (test) => {
      const store = create(test);
      await store.append(segment('a', 0, 3, { validator: '"1"' }));
      assert.equal((await store.find(FILE)).validator, '"1"');
      await store.append(segment('a', 3, 3, { validator: '"2"', total: 6 }));
      const held = await store.find(FILE);
      assert.deepEqual([held.length, held.validator, held.total], [6, undefined, 6]);
    });

    it('gives no byte of a body that has replaced the one that was found', async (test) => {
      const store = create(test);
      await store.append(segment('a', 0, 3));
      await store.append(segment('a', 3, 3));
      const held = await store.find(FILE);
      const pieces = store.read(held, 0)[Symbol.asyncIterator]();
      const given = [...(await pieces.next()).value];
      await store.delete(FILE);
      await store.append(segment('b', 0, 6));
      for (let step = await pieces.next(); !step.done; step = await pieces.next()) given.push(...step.value);
      assert.deepEqual(given, [...contentOf('a', 0, given.length)]);
      assert.deepEqual(await readAll(store, held), []);
    });

    it('keeps the files of two users of one address apart', async (test) => {
      const store = create(test);
      await store.append(segment('a', 0, 3, { url: `${FILE}#one` }));
      await store.append(segment('b', 0, 3, { url: `${FILE}#two` }));
      const held = await store.find(`${FILE}#one`);
      assert.deepEqual(await readAll(store, held), [...contentOf('a', 0, 3)]);
      assert.equal(await store.find(FILE), undefined);
    });
  });
}

describe('Cache Storage', () => {
  for (const [what, length] of [
    ['shorter', 2],
    ['longer', 4],
    ['empty', 0],
  ]) {
    it(`ends what is held where a segment is ${what} than its key says`, async (test) => {
      const caches = new FakeCaches();
      stub(test, 'caches', { value: caches });
      const store = new CachePartialStore();
      for (const start of [0, 3, 6]) await store.append(segment('a', start, 3));
      const entries = caches.entries.get(PARTIAL_CACHE);
      entries.set([...entries.keys()][1], contentOf('a', 3, length));
      assert.deepEqual(await readAll(store, await store.find(FILE)), [...contentOf('a', 0, 3)]);
      assert.equal((await store.find(FILE)).length, 3);
    });
  }

  it('holds nothing of a segment that was on its way to the disk when the file was deleted', async (test) => {
    const caches = new FakeCaches();
    stub(test, 'caches', { value: caches });
    const store = new CachePartialStore();
    /** @type {(value?: unknown) => void} */
    let store1;
    caches.before = (operation) => (operation === 'put' ? new Promise((resolve) => (store1 = resolve)) : Promise.resolve());
    const appending = store.append(segment('a', 0, 3));
    while (!store1) await new Promise((resolve) => setImmediate(resolve));
    await store.delete(FILE);
    store1();
    await appending;
    assert.equal(await store.find(FILE), undefined);
    assert.equal(caches.entries.get(PARTIAL_CACHE).size, 0);
  });

  it('looks at its keys once for each thing that it is asked', async (test) => {
    const caches = new FakeCaches();
    stub(test, 'caches', { value: caches });
    const store = new CachePartialStore();
    const operations = [];
    caches.before = async (operation) => void operations.push(operation);
    const seen = async (asking) => {
      await asking;
      return operations.splice(0).filter((operation) => operation === 'keys' || operation === 'open');
    };
    assert.deepEqual(await seen(store.append(segment('a', 0, 3))), ['open', 'keys']);
    assert.deepEqual(await seen(store.append(segment('a', 3, 3))), ['open']);
    for (const asking of [() => store.find(FILE), () => readAll(store, segment('a', 0, 0)), () => store.list(), () => store.delete(FILE)]) {
      assert.deepEqual(await seen(asking()), ['open', 'keys']);
    }
  });
});

describe('PartialBody', () => {
  const options = (store, more = {}) => ({ store, clock: new TestClock(), segmentSize: 4, onFull: () => undefined, ...more });
  const file = { url: FILE, total: undefined, validator: undefined };

  async function heldStore() {
    const store = new MemoryPartialStore();
    await store.append(segment('a', 0, 4));
    await store.append(segment('a', 4, 4));
    return { store, held: await store.find(FILE) };
  }

  async function readHeld(kept) {
    const bytes = [];
    for (;;) {
      const piece = await kept.read();
      if (!piece || piece === 'gap') return { bytes, end: piece };
      bytes.push(...piece.bytes);
    }
  }

  it('takes no bytes that it cannot keep: they stay where they are', async () => {
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
    assert.equal(kept.ahead, 0);
  });

  it('reads what was set aside after what was held, and writes on the same body', async () => {
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

  it('begins a body of its own where nothing is held, or what is held ends before the next byte', async () => {
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

  it('gives no more than was asked for, where a store does', async () => {
    const { store, held } = await heldStore();
    store.read = async function* () {
      yield contentOf('a', 0, 100);
    };
    const kept = new PartialBody(options(store));
    kept.open(file, 0, held);
    assert.deepEqual(await readHeld(kept), { bytes: [...contentOf('a', 0, 8)], end: undefined });
  });

  it('says that there is a gap where the store fails, and keeps nothing more', async () => {
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
});

describe('SegmentWriter', () => {
  const body = { url: FILE, total: undefined, validator: undefined, writtenBy: 'a' };

  /** A writer with more bytes than may wait, on a store that does not answer. */
  function stuckWriter() {
    const clock = new TestClock();
    const hanging = Object.assign(new MemoryPartialStore(), { append: () => never });
    const causes = [];
    const store = new TolerantStore(() => Promise.resolve(hanging), clock);
    // Whatever their length, three segments count as 192 MiB.
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

  it('lets its writer go on when the disk does not answer in time, and says that nothing is kept', async () => {
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

  it('lets every writer go on at once when it is dropped', async () => {
    const { clock, causes, writer, writing } = stuckWriter();
    const second = writer.write([new Uint8Array(1)]);
    const dropping = writer.drop();
    assert.equal(await isSettled(Promise.all([writing, second])), true);
    await clock.advance(10_000);
    assert.equal(await isSettled(dropping), true);
    assert.deepEqual(causes, []);
    assert.equal(clock.pending, 0);
  });

  it('leaves no timer, whatever comes after the end', async () => {
    for (const end of ['drop', 'flush']) {
      const clock = new TestClock();
      const writer = new SegmentWriter(body, 0, { store: new MemoryPartialStore(), clock, segmentSize: 4, onFull: () => undefined });
      await writer[end]();
      await writer.write([contentOf('a', 0, 3)]);
      assert.equal(clock.pending, 0, end);
      await writer[end]();
    }
  });

  it('goes on where the callback that hears that it is full throws', async () => {
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

/** A body of which each byte comes a moment after the one before, and the first one after something else. */
function inPieces(bytes, before) {
  let start = 0;
  return new ReadableStream(
    {
      async pull(stream) {
        await before;
        await new Promise((resolve) => setImmediate(resolve));
        if (start < bytes.length) stream.enqueue(bytes.slice(start, (start += 1)));
        else stream.close();
      },
    },
    { highWaterMark: 0 },
  );
}

describe('a body that is discarded while an earlier visit’s bytes are read', () => {
  it('is right to its end', async () => {
    const bytes = contentOf('a', 0, 64);
    for (let pieces = 0; pieces < 8; pieces++) {
      /** @type {(value?: unknown) => void} */
      let endWait;
      const discarded = new Promise((resolve) => (endWait = resolve));
      const store = new MemoryPartialStore();
      for (let start = 0; start < 32; start += 4) await store.append(segment('a', start, 4, { total: 64, validator: '"a"' }));
      const fetch = (_url, init) => {
        const start = Number(/bytes=(\d+)-/.exec(new Headers(init?.headers).get('Range') ?? '')?.[1] ?? 0);
        const headers = { ETag: '"a"', 'Content-Length': String(64 - start), 'Content-Range': `bytes ${start}-63/64` };
        return Promise.resolve(new Response(inPieces(bytes.subarray(start), discarded), { status: start > 0 ? 206 : 200, headers }));
      };
      const download = createDownloadFetch({
        store,
        fetch,
        segmentSize: 4,
        namespace: `discard-${pieces}`,
        lookUp: () => Promise.resolve(undefined),
        random: () => 0,
      });
      const reader = (await download(FILE)).body.getReader();
      const given = [];
      for (let count = 0; ; count++) {
        if (count === pieces) endWait(await download.discard());
        // Some of the connection's bytes come while those before them are still read from the store.
        await new Promise((resolve) => setImmediate(resolve));
        const { done, value } = await reader.read();
        if (done) break;
        given.push(...value);
      }
      assert.deepEqual(given, [...bytes], `discarded after ${pieces} pieces`);
    }
  });
});
