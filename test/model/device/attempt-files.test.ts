import { expect } from 'chai';
import { AttemptFiles } from '#dist/model/device/attempt-files.js';
import { PartialFiles } from '#dist/model/device/partial-files.js';
import type { RuntimeCache } from '#dist/model/transformers/runtime-cache.js';
import { lockName } from '#dist/transfer/sharing/file-lock.js';
import { deferred } from '../../support/deferred.js';
import { clearCaches } from '../../support/fake-hub.js';
import { stubGlobal } from '../../support/stub-global.js';
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

  it('deletes the bytes of a file that are only in memory, because the browser refuses to store any', async () => {
    const refuse = (): never => {
      throw new DOMException('sandboxed', 'SecurityError');
    };
    const restore = stubGlobal('caches', { get: refuse });
    try {
      partial = new PartialFiles('refused', undefined);
      await store(MODEL, 10);
      expect(await stored()).to.deep.equal([MODEL]);
      const files = filesWith(cacheOf(), partial);
      files.addFinished(MODEL, 10);
      const settled = await files.settle();
      expect(settled.kept, 'the HTTP cache may have it').to.equal(undefined);
      await settled.clear();
      expect(await stored()).to.deep.equal([]);
      const own = filesWith(cacheOf(MODEL), partial);
      own.addFinished(MODEL, 10);
      expect((await own.settle()).kept, 'in a cache of the page').to.equal(true);
    } finally {
      restore();
    }
  });

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

  for (const isStored of [true, false]) {
    it(`${isStored ? 'deletes' : 'keeps'} the parts of a file whose copy in the background ${isStored ? 'succeeds' : 'fails'}, once that is known`, async () => {
      await store(MODEL, 10);
      const copy = deferred<boolean>();
      const noteRequest = (): undefined => undefined;
      const background = { noteRequest, hold: () => undefined, copying: (url: string) => (url === MODEL ? copy.promise : undefined) };
      const files = new AttemptFiles(
        { name: 'own', fileOf: (url) => url, cache: cacheOf(), background },
        { partial, sweep: () => Promise.resolve() },
      );
      files.addFinished(MODEL, 10);
      const { kept, clear } = await files.settle();
      expect(kept, 'while the copy runs').to.equal(true);
      const clearing = clear();
      expect(await stored()).to.deep.equal([MODEL]);
      copy.resolve(isStored);
      await clearing;
      expect(await stored()).to.deep.equal(isStored ? [] : [MODEL]);
    });
  }

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
});

// Late tries continue after these tests, which are therefore the last ones, with a namespace of their own each.
describe('PartialFiles with a file in use', () => {
  afterEach(clearCaches);

  /** A store with a part of a file, which another download uses until `release()`. */
  async function inUse(namespace: string) {
    const partial = new PartialFiles(namespace, undefined);
    const segment = { url: MODEL, start: 0, bytes: new Uint8Array(4), total: 10, validator: '"1"', writtenBy: 'body', keptAt: Date.now() };
    await partial.store.append(segment);
    const [held, free] = [deferred<true>(), deferred<true>()];
    const lock = navigator.locks.request(lockName(namespace, MODEL), () => (held.resolve(true), free.promise));
    await held.promise;
    const release = async (): Promise<void> => {
      free.resolve(true);
      await lock;
    };
    return { partial, release };
  }

  it('deletes the part once it is released, although drop() has resolved', async () => {
    const { partial, release } = await inUse('late');
    await partial.drop(() => true);
    expect(await partial.store.list()).to.have.lengthOf(1);
    await release();
    await until(async () => (await partial.store.list()).length === 0);
  });

  for (const { lateTries, isTriedAgain } of [
    { lateTries: 0, isTriedAgain: false },
    { lateTries: undefined, isTriedAgain: true },
  ]) {
    it(isTriedAgain ? 'tries again by default' : 'does not try again without late tries', async () => {
      const { partial, release } = await inUse(`late-${lateTries}`);
      const { list } = partial.store;
      let calls = 0;
      partial.store.list = () => {
        calls += 1;
        return list.call(partial.store);
      };
      await partial.drop(() => true, lateTries);
      // One call selects the parts, each of ten tries makes one, and a late try begins with one.
      expect(calls).to.equal(isTriedAgain ? 12 : 11);
      await partial.store.delete(MODEL);
      await release();
    });
  }
});
