import assert from 'node:assert/strict';
import { describe, it } from '../../support/suite.js';
import { lockName, platformLock } from '../../../dist/transfer/sharing/file-lock.js';
import { MemoryPartialStore } from '../../../dist/transfer/store/memory-partial-store.js';
import { sweep } from '../../../dist/transfer/store/sweep.js';
import { never, refusal, TestClock } from '../ports-support.js';
import { FILE, read, segment } from './store-support.js';

describe('sweep', () => {
  it('passes the address of a file, without the suffix of its key', async () => {
    const store = new MemoryPartialStore();
    for (const user of ['one', 'two']) await store.append(segment(0, [1], { url: `${FILE}#${user}` }));
    await store.append(segment(0, [1], { url: 'https://hub.example/b.onnx#one' }));
    const asked = new Set();
    const readWhole = async (url) => {
      asked.add(url);
      return url === FILE ? new Response('0123456789', { headers: { 'Content-Length': '10' } }) : undefined;
    };
    await sweep({ store, readWhole });
    assert.deepEqual([...asked], [FILE, 'https://hub.example/b.onnx']);
    assert.deepEqual(
      (await store.list()).map(({ url }) => url),
      ['https://hub.example/b.onnx#one'],
    );
  });

  it('keeps the stored bytes, and does not reject, if the cache of whole files fails or hangs', async () => {
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

  it('does not reject if the store does', async () => {
    const store = new MemoryPartialStore();
    store.list = () => Promise.reject(refusal('InvalidStateError'));
    await sweep({ store, readWhole: () => Promise.resolve(undefined) });
  });

  it('deletes what was not continued for a week, whole or not, and nothing younger', async () => {
    const store = new MemoryPartialStore();
    const clock = new TestClock();
    const week = 7 * 24 * 3_600_000;
    await store.append(segment(0, [1], { url: `${FILE}?old`, keptAt: clock.timeOrigin - week - 1 }));
    await store.append(segment(0, [1], { url: `${FILE}?young`, keptAt: clock.timeOrigin - week }));
    await sweep({ store, clock, readWhole: () => Promise.resolve(undefined) });
    assert.deepEqual(
      (await store.list()).map(({ url }) => url),
      [`${FILE}?young`],
    );
  });

  it('leaves a file whose stored whole has another length or none, and one of unknown length', async () => {
    const store = new MemoryPartialStore();
    const clock = new TestClock();
    const answers = { short: { 'Content-Length': '9' }, none: {}, unknown: { 'Content-Length': '10' } };
    for (const name of Object.keys(answers)) {
      const total = name === 'unknown' ? undefined : 10;
      await store.append(segment(0, [1], { url: `${FILE}?${name}`, total, keptAt: clock.timeOrigin }));
    }
    await sweep({ store, clock, readWhole: async (url) => new Response('x', { headers: answers[new URL(url).search.slice(1)] }) });
    assert.equal((await store.list()).length, 3);
  });

  it('deletes a file of unknown length if as many bytes are stored as the whole has', async () => {
    const store = new MemoryPartialStore();
    const clock = new TestClock();
    await store.append(segment(0, [1, 2, 3], { total: undefined, keptAt: clock.timeOrigin }));
    const readWhole = async () => new Response('abc', { headers: { 'Content-Length': '3' } });
    await sweep({ store, clock, readWhole });
    assert.deepEqual(await store.list(), []);
  });

  it('leaves a file that is being downloaded in its namespace', async () => {
    const store = new MemoryPartialStore();
    const clock = new TestClock();
    await store.append(segment(0, [1], { keptAt: 0 }));
    const release = await platformLock(clock).tryAcquire(lockName('swept', FILE));
    await sweep({ store, clock, namespace: 'swept', readWhole: () => Promise.resolve(undefined) });
    assert.equal((await store.list()).length, 1);
    release();
    await sweep({ store, clock, namespace: 'swept', readWhole: () => Promise.resolve(undefined) });
    assert.deepEqual(await store.list(), []);
    (await platformLock(clock).tryAcquire(lockName('swept', FILE)))();
  });

  it('uses the locks without a namespace by default', async () => {
    const store = new MemoryPartialStore();
    await store.append(segment(0, [1], { keptAt: 0 }));
    const release = await platformLock().tryAcquire(lockName('', FILE));
    await sweep({ store, readWhole: () => Promise.resolve(undefined) });
    assert.equal((await store.list()).length, 1);
    release();
  });
});
