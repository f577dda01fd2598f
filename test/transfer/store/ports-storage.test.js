// Storage that is there but refuses: it is tried once, and the download goes on from memory.
import assert from 'node:assert/strict';
import { describe, it } from '../../support/suite.js';
import { CachePartialStore, createDownloadFetch, MemoryPartialStore, PARTIAL_CACHE } from '../../../dist/transfer/index.js';
import { platformStore, sweep } from '../../../dist/transfer/internal.js';
import { openCache } from '../../../dist/transfer/store/open-cache.js';
import { FakeCaches, never, refusal, stub, TestClock } from '../ports-support.js';

const URL_A = 'https://hub.example/a.onnx';

const segment = (start, bytes, more = {}) => ({
  url: URL_A,
  start,
  bytes: Uint8Array.from(bytes),
  total: 10,
  validator: '"a"',
  writtenBy: 'a',
  keptAt: Date.now(),
  ...more,
});

async function read(store, url = URL_A) {
  const held = await store.find(url);
  const bytes = [];
  if (held) for await (const piece of store.read(held, 0)) bytes.push(...piece);
  return bytes;
}

let namespaces = 0;
const newNamespace = () => `storage-${++namespaces}`;

const refusals = {
  'whose getter throws, as in a sandboxed frame': {
    get: () => {
      throw refusal('SecurityError');
    },
  },
  'that rejects, as where cookies are blocked': { value: { open: () => Promise.reject(refusal('SecurityError')) } },
  'that throws': {
    value: {
      open: () => {
        throw refusal('SecurityError');
      },
    },
  },
  'that is missing': { value: undefined },
};

for (const [name, descriptor] of Object.entries(refusals)) {
  describe(`Cache Storage ${name}`, () => {
    it('opens no cache', async (test) => {
      stub(test, 'caches', descriptor);
      assert.equal(await openCache('any'), undefined);
    });

    it('leaves unfinished files in memory, in one place for all stores of a namespace', async (test) => {
      stub(test, 'caches', descriptor);
      const namespace = newNamespace();
      await platformStore(namespace).append(segment(0, [1, 2, 3]));
      assert.deepEqual(await read(platformStore(namespace)), [1, 2, 3]);
      assert.deepEqual(await platformStore(newNamespace()).list(), []);
    });

    it('costs a download nothing', async (test) => {
      stub(test, 'caches', descriptor);
      const fetch = () => Promise.resolve(new Response('0123456789', { headers: { 'Content-Length': '10' } }));
      const download = createDownloadFetch({ fetch, namespace: newNamespace(), lookUp: () => Promise.resolve(undefined) });
      assert.equal(await (await download(URL_A)).text(), '0123456789');
    });
  });
}

describe('Cache Storage that hangs', () => {
  it('is waited for once, for one second', async (test) => {
    stub(test, 'caches', { value: { open: () => never } });
    const clock = new TestClock();
    const [first, second] = [openCache('any', clock), openCache('other', clock)];
    let settled = 0;
    for (const opening of [first, second]) void opening.then(() => (settled += 1));
    await clock.advance(999);
    assert.equal(settled, 0);
    await clock.advance(1);
    assert.deepEqual(await Promise.all([first, second]), [undefined, undefined]);
    assert.equal(await openCache('any', clock), undefined);
    assert.equal(clock.pending, 0);
  });

  it('is not taken for missing because the thread was blocked while the answer came', async (test) => {
    const caches = new FakeCaches();
    /** @type {(value?: unknown) => void} */
    let answer;
    caches.before = () => new Promise((resolve) => (answer = resolve));
    stub(test, 'caches', { value: caches });
    const clock = new TestClock();
    const opening = openCache('any', clock);
    // The timer and the answer are both due, and the timer is handled first.
    clock.block(60_000);
    answer();
    assert.ok(await opening);
    await clock.advance(5_000);
    assert.equal(clock.pending, 0);
  });

  it('leaves unfinished files in memory', async (test) => {
    stub(test, 'caches', { value: { open: () => never } });
    const clock = new TestClock();
    const store = platformStore(newNamespace(), clock);
    const appending = store.append(segment(0, [1, 2, 3]));
    await clock.advance(1_000);
    await appending;
    assert.deepEqual(await read(store), [1, 2, 3]);
  });
});

describe('Cache Storage that works, and refuses later', () => {
  for (const operation of ['open', 'keys', 'match', 'put', 'delete']) {
    it(`holds nothing when ${operation} rejects, and cannot keep more`, async (test) => {
      const caches = new FakeCaches();
      stub(test, 'caches', { value: caches });
      const store = platformStore(newNamespace(), new TestClock());
      await store.append(segment(0, [1, 2, 3]));
      caches.before = async (name) => {
        if (name === operation) throw refusal('InvalidStateError');
      };
      assert.deepEqual(await read(store), operation === 'put' || operation === 'delete' ? [1, 2, 3] : []);
      await store.delete('https://hub.example/none');
      assert.ok(Array.isArray(await store.list()));
      if (operation === 'open' || operation === 'put') await assert.rejects(store.append(segment(3, [4])));
    });

    it(`is not waited for again when ${operation} never answers`, async (test) => {
      const caches = new FakeCaches();
      stub(test, 'caches', { value: caches });
      const clock = new TestClock();
      const store = platformStore(newNamespace(), clock);
      await store.append(segment(0, [1, 2, 3]));
      caches.before = (name) => (name === operation ? never : Promise.resolve());
      const asking = Promise.allSettled([read(store), store.list(), store.append(segment(3, [4])), store.delete(URL_A)]);
      await clock.advance(30_000);
      await asking;
      await Promise.allSettled([read(store), store.list(), store.append(segment(3, [4])), store.delete(URL_A)]);
      assert.equal(clock.pending, 0);
    });
  }
});

describe('sweep', () => {
  it('asks for the address of a file, without what keeps it apart in the store', async () => {
    const store = new MemoryPartialStore();
    for (const user of ['one', 'two']) await store.append(segment(0, [1], { url: `${URL_A}#${user}` }));
    await store.append(segment(0, [1], { url: 'https://hub.example/b.onnx#one' }));
    const asked = new Set();
    const readWhole = async (url) => {
      asked.add(url);
      return url === URL_A ? new Response('0123456789', { headers: { 'Content-Length': '10' } }) : undefined;
    };
    await sweep({ store, readWhole });
    assert.deepEqual([...asked], [URL_A, 'https://hub.example/b.onnx']);
    assert.deepEqual(
      (await store.list()).map(({ url }) => url),
      ['https://hub.example/b.onnx#one'],
    );
  });

  it('leaves what is held, and rejects nothing, where the cache of whole files refuses or hangs', async () => {
    const store = new MemoryPartialStore();
    const clock = new TestClock();
    await store.append(segment(0, [1], { keptAt: clock.timeOrigin }));
    await sweep({ store, clock, readWhole: () => Promise.reject(refusal('SecurityError')) });
    await sweep({
      store,
      clock,
      readWhole: () => {
        throw refusal('SecurityError');
      },
    });
    const sweeping = sweep({ store, clock, readWhole: () => never });
    await clock.advance(1_000);
    await sweeping;
    assert.deepEqual(await read(store), [1]);
    assert.equal(clock.pending, 0);
  });

  it('rejects nothing where the store does', async () => {
    const store = new MemoryPartialStore();
    store.list = () => Promise.reject(refusal('InvalidStateError'));
    await sweep({ store, readWhole: () => Promise.resolve(undefined) });
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
      await store.delete(URL_A);
      assert.equal(/** @type {any} */ (globalThis.caches).entries.get(PARTIAL_CACHE).size, odd.length - index - 1);
    }
  });
});
