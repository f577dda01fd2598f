import { expect } from 'chai';
import { CachePartialStore } from 'model-download/transfer';
import { AppFiles } from '#dist/model/device/app-files.js';
import { ModelTransfer } from '#dist/model/loader/model-transfer.js';
import { browserCache } from '#dist/model/transformers/runtime-cache.js';
import { deferred } from '../../support/deferred.js';
import { clearCaches, FakeHub } from '../../support/fake-hub.js';
import { rejectionOf } from '../../support/rejection-of.js';

const FILE = 'https://files.test/model.bin';
const NAMESPACE = 'model-transfer';

const NO_RUNTIME = 'no available backend found. ERR: [wasm] RuntimeError: Aborted(both async and sync fetching of the wasm failed)';

describe('ModelTransfer', () => {
  const { delete: remove } = Cache.prototype;
  let hub: FakeHub;

  beforeEach(async () => {
    await clearCaches();
    hub = new FakeHub();
  });

  afterEach(async () => {
    Cache.prototype.delete = remove;
    hub.close();
    await clearCaches();
  });

  it('resolves with the model, and knows whether it is kept, before the partial files are deleted', async () => {
    const store = new CachePartialStore(NAMESPACE);
    const bytes = new TextEncoder().encode('mod');
    await store.append({ url: FILE, start: 0, bytes, total: 5, validator: '"1"', writtenBy: 'before', keptAt: Date.now() });
    hub.put(FILE, 'model', { ETag: '"1"' });
    const device = new AppFiles({ namespace: NAMESPACE });
    const transfer = new ModelTransfer(device, { modelKey: 'own', definition: { load: () => Promise.resolve() } });
    const load = transfer.wrap(async ({ openFetch }) => {
      const cache = browserCache('whole');
      const fetch = await openFetch?.({ name: 'own', fileOf: (url) => url, cache });
      const text = await (await fetch?.(FILE))?.text();
      await cache.put(FILE, new Response(text));
      // A deletion before this point is not part of the clean-up.
      Cache.prototype.delete = async function (this: Cache, ...request) {
        deleting.resolve(undefined);
        await released.promise;
        return remove.apply(this, request);
      };
      return text;
    });
    const [deleting, released] = [deferred<undefined>(), deferred<undefined>()];
    const ignore = (): void => undefined;
    const { signal } = new AbortController();
    const result = load({ progress_callback: ignore, report: ignore, signal, recover: (cause) => Promise.reject(cause) });
    const order: string[] = [];
    await Promise.all([
      result.then(() => order.push('model')).then(() => released.resolve(undefined)),
      deleting.promise.then(() => released.promise).then(() => order.push('deleted')),
    ]);
    expect([await result, transfer.kept, order]).to.deep.equal(['model', true, ['model', 'deleted']]);
    expect(await device.measure({ modelKey: 'own', definition: { load: () => Promise.resolve() } })).to.include({ partialBytes: 0 });
    // With the deletion in the way, the load would end by its limit of three seconds.
  }).timeout(2_500);

  for (const [what, url, isCause] of [
    ['its file could not be downloaded', 'https://files.test/ort-wasm-simd.wasm', true],
    ['another file could not be downloaded', FILE, false],
  ] as const) {
    it(`rejects with the failure of ${isCause ? 'the file' : 'the runtime'} if the runtime cannot start and ${what}`, async () => {
      const failure = new TypeError('Failed to fetch');
      const transfer = new ModelTransfer(new AppFiles({ namespace: NAMESPACE }), {
        modelKey: 'own',
        definition: { load: () => Promise.resolve() },
      });
      const load = transfer.wrap(async ({ openFetch }) => {
        const fetch = await openFetch?.({ name: 'own', fileOf: (address) => address, fetch: () => Promise.reject(failure) });
        await fetch?.(url).catch(() => undefined);
        throw new Error(NO_RUNTIME);
      });
      const ignore = (): void => undefined;
      const { signal } = new AbortController();
      const error = await rejectionOf(
        load({ progress_callback: ignore, report: ignore, signal, recover: (cause) => Promise.reject(cause) }),
      );
      expect(error).to.have.property('message', isCause ? 'Failed to fetch' : NO_RUNTIME);
    });
  }
});
