import { expect } from 'chai';
import { AttemptFiles } from '#dist/model/device/attempt-files.js';
import { PartialFiles } from '#dist/model/device/partial-files.js';
import type { RuntimeCache } from '#dist/model/transformers/runtime-cache.js';
import { lockName } from '#dist/transfer/sharing/file-lock.js';
import { deferred } from '../../support/deferred.js';
import { clearCaches } from '../../support/fake-hub.js';
import { until } from '../../support/until.js';

const MODEL = 'https://hub.example/own/model/resolve/main/onnx/model.onnx';
const RUNTIME = 'https://cdn.example/ort-wasm-simd.wasm';

/** A cache of whole files that contains the given addresses. */
const cacheOf = (...urls: readonly string[]): RuntimeCache => ({
  match: (url) => Promise.resolve(urls.includes(url) ? new Response('whole') : undefined),
  put: () => Promise.resolve(),
  delete: () => Promise.resolve(false),
  entries: () => Promise.resolve(new Map()),
  remove: () => Promise.resolve(),
});

const filesWith = (cache: RuntimeCache | undefined, partial: PartialFiles): AttemptFiles =>
  new AttemptFiles({ name: 'own', fileOf: (url) => url, cache }, { partial, sweep: () => Promise.resolve() });

describe('AttemptFiles', () => {
  let partial: PartialFiles;

  const store = (url: string, length: number, writtenBy = 'body'): Promise<void> =>
    partial.store.append({ url, start: 0, bytes: new Uint8Array(length), total: 10, validator: '"1"', writtenBy, keptAt: Date.now() });

  const stored = async (): Promise<readonly string[]> => (await partial.store.list()).map(({ url }) => url);

  beforeEach(async () => {
    await clearCaches();
    partial = new PartialFiles('attempt', undefined);
  });

  afterEach(clearCaches);

  it('deletes the partial file of a whole one only by clear()', async () => {
    await store(MODEL, 4);
    const files = filesWith(cacheOf(MODEL), partial);
    files.addFinished(MODEL, 10);
    const { kept, clear } = await files.settle();
    expect(kept).to.equal(true);
    expect(await stored()).to.deep.equal([MODEL]);
    await clear();
    expect(await stored()).to.deep.equal([]);
  });

  for (const { bytes, kept } of [
    { bytes: 5, kept: true },
    { bytes: 4, kept: false },
  ]) {
    it(`${kept ? 'keeps' : 'deletes'} ${bytes} of 10 bytes of a file that no cache could store`, async () => {
      await store(MODEL, bytes);
      const files = filesWith(cacheOf(), partial);
      files.addFinished(MODEL, 10);
      const settled = await files.settle();
      expect(settled.kept).to.equal(kept);
      await settled.clear();
      expect(await stored()).to.have.lengthOf(kept ? 1 : 0);
    });
  }

  it('requires no cache to have the file of the runtime, and reads none for it', async () => {
    await store(RUNTIME, 4);
    const looked: string[] = [];
    const cache = { ...cacheOf(), match: (url: string) => Promise.resolve(void looked.push(url)) };
    const files = filesWith(cache, partial);
    files.addFinished(RUNTIME, 10);
    const { kept, clear } = await files.settle();
    await clear();
    expect([kept, looked, await stored()]).to.deep.equal([undefined, [], []]);
  });

  it('waits for a file that our own cache is storing', async () => {
    const storing = deferred<boolean>();
    const files = filesWith(undefined, partial);
    files.addStored(MODEL, storing.promise);
    files.addFinished(MODEL, 10);
    const settling = files.settle();
    storing.resolve(true);
    expect((await settling).kept).to.equal(true);
  });

  it('reads neither cache nor store if no file was delivered', async () => {
    const { kept, clear } = await filesWith(undefined, partial).settle();
    await clear();
    expect(kept).to.equal(undefined);
    expect(await caches.keys()).to.deep.equal([]);
  });
});

describe('PartialFiles', () => {
  afterEach(clearCaches);

  it('does not select files that are being deleted', async () => {
    const partial = new PartialFiles('drop', undefined);
    const segment = { url: MODEL, start: 0, bytes: new Uint8Array(4), total: 10, validator: '"1"', writtenBy: 'body', keptAt: Date.now() };
    await partial.store.append(segment);
    const dropping = partial.drop(() => true);
    expect(await partial.select(() => true)).to.deep.equal([]);
    await dropping;
  });

  it('does not delete what a later download has stored meanwhile', async () => {
    const partial = new PartialFiles('drop', undefined);
    const segment = { url: MODEL, start: 0, bytes: new Uint8Array(4), total: 10, validator: '"1"', writtenBy: 'body', keptAt: Date.now() };
    await partial.store.append(segment);
    const { list } = partial.store;
    let calls = 0;
    partial.store.list = async () => {
      // The later body replaces the stored bytes between the first look and the deletion.
      if (++calls === 2) await partial.store.append({ ...segment, writtenBy: 'later', keptAt: Date.now() + 1 });
      return list.call(partial.store);
    };
    await partial.drop(() => true);
    expect((await partial.store.list()).map(({ writtenBy }) => writtenBy)).to.deep.equal(['later']);
  });

  // Late tries continue after these tests, which are therefore the last ones, with a body of their own each.
  it('deletes a partial file later that is still in use when clear() has resolved', async () => {
    await store(MODEL, 4, 'late');
    const [held, free] = [deferred<true>(), deferred<true>()];
    const inUse = navigator.locks.request(lockName('attempt', MODEL), () => (held.resolve(true), free.promise));
    await held.promise;
    const files = filesWith(cacheOf(MODEL), partial);
    files.addFinished(MODEL, 10);
    await (await files.settle()).clear();
    expect(await stored()).to.deep.equal([MODEL]);
    free.resolve(true);
    await inUse;
    await until(async () => (await stored()).length === 0);
  });

  for (const { lateTries, isTriedAgain } of [
    { lateTries: 0, isTriedAgain: false },
    { lateTries: undefined, isTriedAgain: true },
  ]) {
    it(`${isTriedAgain ? 'tries again' : 'does not try again'} to delete a file in use with ${lateTries ?? 'the default of'} late tries`, async () => {
      await store(MODEL, 4, `late ${lateTries}`);
      const [held, free] = [deferred<true>(), deferred<true>()];
      const inUse = navigator.locks.request(lockName('attempt', MODEL), () => (held.resolve(true), free.promise));
      await held.promise;
      const { setTimeout: own } = globalThis;
      const delays: unknown[] = [];
      Object.assign(globalThis, { setTimeout: (...call: Parameters<typeof own>) => (delays.push(call[1]), own(...call)) });
      try {
        await partial.drop(() => true, lateTries);
        // The next try waits after it has found the file in use.
        if (isTriedAgain) await until(() => delays.includes(1_000));
        expect(delays.filter((delay) => delay === 50)).to.have.lengthOf(9);
        await partial.select(() => true);
        expect(delays.includes(1_000)).to.equal(isTriedAgain);
      } finally {
        Object.assign(globalThis, { setTimeout: own });
        await partial.store.delete(MODEL);
        free.resolve(true);
        await inUse;
      }
    });
  }
});
