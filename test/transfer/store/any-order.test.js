// The stored bytes of a file are of one body, even if bytes are deleted, replaced or damaged while they are read.
import assert from 'node:assert/strict';
import { describe, it } from '../../support/suite.js';
import fc from 'fast-check';
import { CachePartialStore, createDownloadFetch, MemoryPartialStore, PARTIAL_CACHE } from '../../../dist/transfer/index.js';
import { PartialBody } from '../../../dist/transfer/store/partial-body.js';
import { FakeCaches, stub, TestClock } from '../ports-support.js';
import { contentOf, FILE, readAll, segmentOf } from './store-support.js';

/** Enough to find each fault that these tests were written for; `RUNS=5000` looks further. */
const RUNS = Number(process.env.RUNS ?? 250);

/** A store in memory that answers in any order. */
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

/** A Cache Storage that answers in any order. */
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

/** Reads the stored bytes through the layer's own reader, and checks each byte. */
async function checkReading(store, from) {
  const held = await store.find(FILE);
  if (!held) return;
  const start = Math.floor(held.length * from);
  const kept = new PartialBody({ store, clock: new TestClock(), segmentSize: 4, onFull: () => undefined });
  kept.open({ url: FILE, total: held.total, validator: held.validator }, start, held);
  let position = start;
  for (let piece = await kept.read(); piece; piece = await kept.read()) {
    if (piece === 'gap') return;
    const bytes = piece.chunks.flatMap((chunk) => [...chunk]);
    assert.deepEqual(bytes, [...contentOf(held.writtenBy, position, bytes.length)]);
    position += bytes.length;
  }
  assert.equal(position, held.length);
}

for (const [name, create] of Object.entries({ memory: scheduledMemory, 'Cache Storage': scheduledCache })) {
  describe(`bodies in ${name}`, () => {
    it('are read as they were written, or end early, in any order of events', async () => {
      const property = fc.asyncProperty(visits, async ({ bodies, readers, deletions, damages, scheduler }) => {
        const store = create(scheduler);
        const write = async ({ lengths, isProven }, index) => {
          let start = 0;
          for (const length of lengths) {
            await store.append(segmentOf('abc'[index], start, length, { validator: isProven ? '"1"' : undefined }));
            start += length;
          }
        };
        // Only another length shows a damage: a second one of the same entry could restore it.
        const damaged = new WeakSet();
        const damage = async ({ at, by }) => {
          await scheduler.schedule(Promise.resolve());
          const entries = /** @type {any} */ (globalThis.caches)?.entries?.get(PARTIAL_CACHE) ?? new Map();
          const key = [...entries.keys()][at];
          const bytes = key && entries.get(key);
          if (!bytes || damaged.has(bytes)) return;
          const other = new Uint8Array(Math.max(0, bytes.length + by)).fill(255);
          damaged.add(other);
          entries.set(key, other);
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
    it('joins no bodies without a proof that they are of one version', async (test) => {
      const store = create(test);
      await store.append(segmentOf('a', 0, 3));
      await store.append(segmentOf('b', 3, 3));
      assert.equal(await store.find(FILE), undefined);
      await store.append(segmentOf('a', 0, 3));
      await store.append(segmentOf('a', 3, 3));
      const held = await store.find(FILE);
      assert.equal(held.length, 6);
      assert.deepEqual(await readAll(store, held), [...contentOf('a', 0, 6)]);
    });

    it('marks a body that was continued under another validator as unproven', async (test) => {
      const store = create(test);
      await store.append(segmentOf('a', 0, 3, { validator: '"1"' }));
      assert.equal((await store.find(FILE)).validator, '"1"');
      await store.append(segmentOf('a', 3, 3, { validator: '"2"', total: 6 }));
      const held = await store.find(FILE);
      assert.deepEqual([held.length, held.validator, held.total], [6, undefined, 6]);
    });

    it('returns no byte of a body that has replaced the one that was found', async (test) => {
      const store = create(test);
      await store.append(segmentOf('a', 0, 3));
      await store.append(segmentOf('a', 3, 3));
      const held = await store.find(FILE);
      const pieces = store.read(held, 0)[Symbol.asyncIterator]();
      const given = [...(await pieces.next()).value];
      await store.delete(FILE);
      await store.append(segmentOf('b', 0, 6));
      for (let step = await pieces.next(); !step.done; step = await pieces.next()) given.push(...step.value);
      assert.deepEqual(given, [...contentOf('a', 0, given.length)]);
      assert.deepEqual(await readAll(store, held), []);
    });

    it('separates the files of two users of one address', async (test) => {
      const store = create(test);
      await store.append(segmentOf('a', 0, 3, { url: `${FILE}#one` }));
      await store.append(segmentOf('b', 0, 3, { url: `${FILE}#two` }));
      const held = await store.find(`${FILE}#one`);
      assert.deepEqual(await readAll(store, held), [...contentOf('a', 0, 3)]);
      assert.equal(await store.find(FILE), undefined);
    });
  });
}

/** A body whose bytes arrive one after another, the first one after a promise. */
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
      for (let start = 0; start < 32; start += 4) await store.append(segmentOf('a', start, 4, { total: 64, validator: '"a"' }));
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
        // Some of the connection's bytes arrive while those before them are still read from the store.
        await new Promise((resolve) => setImmediate(resolve));
        const { done, value } = await reader.read();
        if (done) break;
        given.push(...value);
      }
      assert.deepEqual(given, [...bytes], `discarded after ${pieces} pieces`);
    }
  });
});
