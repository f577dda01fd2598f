import assert from 'node:assert/strict';
import { describe, it } from '../../support/suite.js';
import { createDownloadFetch } from '../../../dist/transfer/index.js';
import { platformStore } from '../../../dist/transfer/store/platform-store.js';
import { FakeCaches, never, refusal, stub, TestClock } from '../ports-support.js';
import { FILE, newNamespace, read, refusals, segment } from './store-support.js';

for (const [name, descriptor] of Object.entries(refusals)) {
  describe(`Cache Storage ${name}`, () => {
    it('keeps incomplete files in memory, in one store for each namespace', async (test) => {
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
      assert.equal(await (await download(FILE)).text(), '0123456789');
    });
  });
}

describe('Cache Storage that hangs', () => {
  it('keeps incomplete files in memory', async (test) => {
    stub(test, 'caches', { value: { open: () => never } });
    const clock = new TestClock();
    const store = platformStore(newNamespace(), clock);
    const appending = store.append(segment(0, [1, 2, 3]));
    await clock.advance(1_000);
    await appending;
    assert.deepEqual(await read(store), [1, 2, 3]);
  });
});

describe('Cache Storage that works, and fails later', () => {
  for (const operation of ['open', 'keys', 'match', 'put', 'delete']) {
    it(`has no bytes when ${operation} rejects, and cannot store more`, async (test) => {
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

    it(`is not awaited again when ${operation} never answers`, async (test) => {
      const caches = new FakeCaches();
      stub(test, 'caches', { value: caches });
      const clock = new TestClock();
      const store = platformStore(newNamespace(), clock);
      await store.append(segment(0, [1, 2, 3]));
      caches.before = (name) => (name === operation ? never : Promise.resolve());
      const asking = Promise.allSettled([read(store), store.list(), store.append(segment(3, [4])), store.delete(FILE)]);
      await clock.advance(30_000);
      await asking;
      await Promise.allSettled([read(store), store.list(), store.append(segment(3, [4])), store.delete(FILE)]);
      assert.equal(clock.pending, 0);
    });
  }
});
