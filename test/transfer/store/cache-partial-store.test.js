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
    it(`ends what is held where a segment is ${what} than its key says`, async (test) => {
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

  it('holds nothing of a segment that was on its way to the disk when the file was deleted', async (test) => {
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

  it('keeps files apart, whatever it is called', async (test) => {
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
