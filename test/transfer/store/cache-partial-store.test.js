import assert from 'node:assert/strict';
import { describe, it } from '../../support/suite.js';
import { CachePartialStore, PARTIAL_CACHE } from '../../../dist/transfer/store/cache-partial-store.js';
import { FakeCaches, stub } from '../ports-support.js';
import { contentOf, FILE, read, readAll, segment, segmentOf } from './store-support.js';

describe('Cache Storage', () => {
  for (const [what, length] of [
    ['shorter', 2],
    ['longer', 4],
    ['empty', 0],
  ]) {
    it(`ends the stored bytes at a segment that is ${what} than its key says`, async (test) => {
      const caches = new FakeCaches();
      stub(test, 'caches', { value: caches });
      const store = new CachePartialStore();
      for (const start of [0, 3, 6]) await store.append(segmentOf('a', start, 3));
      const entries = caches.entries.get(PARTIAL_CACHE);
      entries.set([...entries.keys()][1], contentOf('a', 3, length));
      assert.deepEqual(await readAll(store, await store.find(FILE)), [...contentOf('a', 0, 3)]);
      assert.equal((await store.find(FILE)).length, 3);
    });
  }

  it('stores no segment that was being written when the file was deleted', async (test) => {
    const caches = new FakeCaches();
    stub(test, 'caches', { value: caches });
    const store = new CachePartialStore();
    /** @type {(value?: unknown) => void} */
    let store1;
    caches.before = (operation) => (operation === 'put' ? new Promise((resolve) => (store1 = resolve)) : Promise.resolve());
    const appending = store.append(segmentOf('a', 0, 3));
    while (!store1) await new Promise((resolve) => setImmediate(resolve));
    await store.delete(FILE);
    store1();
    await appending;
    assert.equal(await store.find(FILE), undefined);
    assert.equal(caches.entries.get(PARTIAL_CACHE).size, 0);
  });

  it('reads its keys once for each call', async (test) => {
    const caches = new FakeCaches();
    stub(test, 'caches', { value: caches });
    const store = new CachePartialStore();
    const operations = [];
    caches.before = async (operation) => void operations.push(operation);
    const seen = async (asking) => {
      await asking;
      return operations.splice(0).filter((operation) => operation === 'keys' || operation === 'open');
    };
    assert.deepEqual(await seen(store.append(segmentOf('a', 0, 3))), ['open', 'keys']);
    assert.deepEqual(await seen(store.append(segmentOf('a', 3, 3))), ['open']);
    for (const asking of [
      () => store.find(FILE),
      () => readAll(store, segmentOf('a', 0, 0)),
      () => store.list(),
      () => store.delete(FILE),
    ]) {
      assert.deepEqual(await seen(asking()), ['open', 'keys']);
    }
  });
});

describe('a namespace', () => {
  const odd = ['', '.', '..', '../partial', 'a/b', 'a?b=c', '%2E', '#', '"', '\\ud800', '\ud800', '\udfff', ' ', 'ü', '\u0000'];

  it('separates files, whatever its name', async (test) => {
    stub(test, 'caches', { value: new FakeCaches() });
    const stores = odd.map((name) => new CachePartialStore(name));
    for (const [index, store] of stores.entries()) await store.append(segment(0, [index]));
    for (const [index, store] of stores.entries()) {
      assert.deepEqual(await read(store), [index], odd[index]);
      assert.equal((await store.list()).length, 1);
    }
    for (const [index, store] of stores.entries()) {
      await store.delete(FILE);
      assert.equal(/** @type {any} */ (globalThis.caches).entries.get(PARTIAL_CACHE).size, odd.length - index - 1);
    }
  });
});

describe('CachePartialStore', () => {
  /** The keys of the entries of a store with the segments at 0, 3 and 6. */
  async function storedKeys(test) {
    const caches = new FakeCaches();
    stub(test, 'caches', { value: caches });
    const store = new CachePartialStore();
    for (const start of [0, 3, 6]) await store.append(segmentOf('a', start, 3, { total: 9, validator: '"a"', keptAt: 5 }));
    return { store, entries: caches.entries.get(PARTIAL_CACHE) };
  }

  it('uses a cache of its own, and describes each segment by its key', async (test) => {
    const { store, entries } = await storedKeys(test);
    assert.equal(PARTIAL_CACHE, 'model-download-partial-v1');
    const [key] = [...entries.keys()];
    const { origin, pathname, searchParams } = new URL(key);
    assert.equal(origin + pathname, 'https://model-download.invalid/partial');
    assert.deepEqual(Object.fromEntries(searchParams), {
      namespace: '""',
      url: FILE,
      start: '0',
      end: '3',
      total: '9',
      validator: '"a"',
      writtenBy: 'a',
      keptAt: '5',
    });
    const file = { url: FILE, length: 9, total: 9, validator: '"a"', writtenBy: 'a', keptAt: 5, took: 0 };
    assert.deepEqual(await store.find(FILE), file);
  });

  it('omits what is unknown from the key', async (test) => {
    const caches = new FakeCaches();
    stub(test, 'caches', { value: caches });
    const store = new CachePartialStore();
    await store.append(segmentOf('a', 0, 3));
    const [key] = caches.entries.get(PARTIAL_CACHE).keys();
    const { searchParams } = new URL(key);
    assert.equal(searchParams.has('total'), false);
    assert.equal(searchParams.has('validator'), false);
    const unknown = { total: undefined, validator: undefined, took: undefined };
    assert.deepEqual(await store.find(FILE), { url: FILE, length: 3, writtenBy: 'a', keptAt: 0, ...unknown });
  });

  it('reads the bytes between two offsets, also within a segment', async (test) => {
    const { store } = await storedKeys(test);
    const body = { url: FILE, validator: '"a"', writtenBy: 'a' };
    const read = async (start, end) => {
      const bytes = [];
      for await (const piece of store.read(body, start, end)) bytes.push(...piece);
      return bytes;
    };
    assert.deepEqual(await read(1, 2), [...contentOf('a', 1, 1)]);
    assert.deepEqual(await read(2, 7), [...contentOf('a', 2, 5)]);
    assert.deepEqual(await read(4, 5), [...contentOf('a', 4, 1)]);
    assert.deepEqual(await read(5), [...contentOf('a', 5, 4)]);
  });

  it('ignores entries that it has not written', async (test) => {
    const { store, entries } = await storedKeys(test);
    const [key] = [...entries.keys()];
    const changed = (change) => {
      const url = new URL(key);
      change(url.searchParams);
      return url.href;
    };
    const strange = [
      'https://model-download.invalid/other?namespace=%22%22',
      'https://hub.example/partial',
      changed((fields) => fields.delete('url')),
      changed((fields) => fields.delete('writtenBy')),
      changed((fields) => fields.set('start', '-1')),
      changed((fields) => fields.set('start', 'x')),
      changed((fields) => fields.delete('start')),
      changed((fields) => fields.set('end', '0')),
      changed((fields) => fields.delete('end')),
      changed((fields) => fields.set('keptAt', '-1')),
      changed((fields) => fields.delete('keptAt')),
      changed((fields) => fields.set('namespace', '"other"')),
    ];
    const [all, found] = [await store.list(), await store.find(FILE)];
    for (const address of strange) {
      entries.clear();
      entries.set(address, contentOf('a', 0, 3));
      assert.deepEqual(await store.list(), [], address);
      assert.equal(await store.find(FILE), undefined, address);
      assert.equal(entries.size, 1, 'it is left as it is');
    }
    assert.equal(all.length, 1);
    assert.equal(found.length, 9);
  });

  it('lists each file once, and deletes segments that cannot be used', async (test) => {
    const { store, entries } = await storedKeys(test);
    await store.append(segmentOf('b', 0, 2, { url: `${FILE}#other` }));
    const lost = `${FILE}#lost`;
    await store.append(segmentOf('c', 0, 2, { url: lost }));
    await store.append(segmentOf('c', 2, 2, { url: lost }));
    const first = [...entries.keys()].find((key) => new URL(key).searchParams.get('url') === lost);
    entries.delete(first);
    assert.equal(entries.size, 5);
    assert.deepEqual(
      (await store.list()).map(({ url, length }) => [url, length]),
      [
        [FILE, 9],
        [`${FILE}#other`, 2],
      ],
    );
    assert.equal(entries.size, 4);
  });

  it('deletes what a new body replaces, and segments beside the one that it continues', async (test) => {
    const { entries } = await storedKeys(test);
    const store = new CachePartialStore();
    const key = [...entries.keys()].find((one) => new URL(one).searchParams.get('start') === '6');
    const behind = new URL(key);
    behind.searchParams.set('start', '20');
    behind.searchParams.set('end', '23');
    entries.set(behind.href, contentOf('a', 20, 3));
    await store.append(segmentOf('a', 9, 1, { total: 9, validator: '"a"' }));
    assert.equal(entries.has(behind.href), false);
    assert.equal((await store.find(FILE)).length, 10);
    await store.append(segmentOf('b', 0, 1));
    assert.equal(entries.size, 1);
    assert.equal((await store.find(FILE)).writtenBy, 'b');
  });

  it('rejects where Cache Storage is missing', async (test) => {
    stub(test, 'caches', { value: undefined });
    await assert.rejects(new CachePartialStore().find(FILE), {
      name: 'InvalidStateError',
      message: 'Cache Storage is missing or refuses',
    });
  });
});
