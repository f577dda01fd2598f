// What a page requests from the browser's storage before a download.
import { expect } from '@open-wc/testing';
import { ModelDownloads } from 'model-download';
import { clearCaches, FakeHub, fakeTransformers, keep } from '../support/fake-hub.js';
import { replaceStorage } from '../support/replace-storage.js';

const MB = 1_000_000;

const files = [{ file: 'own.bin', size: 10 * MB }];

/** Whether a model of 10 MB fits if the origin may store `room` more bytes. */
async function fitsIn(room: number, transfer: boolean): Promise<boolean | undefined> {
  const restore = replaceStorage('estimate', () => Promise.resolve({ quota: 100 * MB + room, usage: 100 * MB }));
  const downloads = new ModelDownloads({ models: { 'needs-space': { load: () => Promise.resolve(), files } }, storage: null, transfer });
  const { fits } = await downloads.estimate('needs-space');
  downloads.dispose();
  restore();
  return fits;
}

describe('the space for a model', () => {
  it('is twice its size with the transfer layer: for the segments, and for the cache of the runtime', async () => {
    expect(await fitsIn(20 * MB, true)).to.equal(true);
    expect(await fitsIn(20 * MB - 1, true)).to.equal(false);
  });

  it('is missing if the browser refuses a file of that size, whatever it reports, and no file is left', async () => {
    const names = new Set<string>();
    const tried: number[] = [];
    const truncate = (size: number): Promise<void> => {
      tried.push(size);
      return Promise.reject(new DOMException('no room', 'QuotaExceededError'));
    };
    const root = {
      getFileHandle: (name: string) => {
        names.add(name);
        return Promise.resolve({ createWritable: () => Promise.resolve({ truncate, abort: () => Promise.resolve() }) });
      },
      removeEntry: (name: string) => Promise.resolve(void names.delete(name)),
    };
    const restore = replaceStorage('getDirectory', () => Promise.resolve(root));
    expect(await fitsIn(10_000 * MB, true)).to.equal(false);
    restore();
    expect(new Set(tried)).to.deep.equal(new Set([20 * MB]));
    expect(names.size).to.equal(0);
  });

  it('is its size without the transfer layer', async () => {
    expect(await fitsIn(10 * MB, false)).to.equal(true);
    expect(await fitsIn(10 * MB - 1, false)).to.equal(false);
  });
});

describe('the space for a model on this device', () => {
  const FOLDER = 'https://cdn.test/';

  it('is that of the runtime’s file, if only that is missing', async () => {
    const hub = new FakeHub();
    hub.put(`${FOLDER}ort.wasm`, 'w'.repeat(MB));
    await keep('https://hub.test/own/model/resolve/main/config.json', '{}');
    const restore = replaceStorage('estimate', () => Promise.resolve({ quota: 100 * MB, usage: 100 * MB }));
    const wasmPaths = { mjs: `${FOLDER}ort.mjs`, wasm: `${FOLDER}ort.wasm` };
    const transformers = fakeTransformers({ files: () => [], env: { backends: { onnx: { wasm: { wasmPaths } } } } });
    const own = { task: 'fill-mask', model: 'own/model', files: [{ file: 'config.json', size: 2 }] };
    const downloads = new ModelDownloads({ models: { own }, transformers, storage: null });
    const { size, cached, cachedBytes, fits } = await downloads.estimate('own');
    downloads.dispose();
    restore();
    hub.close();
    await clearCaches();
    expect({ size, cached, cachedBytes, fits }).to.deep.equal({ size: MB + 2, cached: true, cachedBytes: 2, fits: false });
  });
});

describe('persistent storage', () => {
  it('is requested once, by the first load, and a load does not wait for the answer', async () => {
    let requests = 0;
    const restore = replaceStorage('persist', () => {
      requests++;
      return new Promise(() => undefined);
    });
    const load = (): Promise<string> => Promise.resolve('usable');
    const downloads = new ModelDownloads({ models: { one: { load }, two: { load } }, storage: null });
    expect(requests).to.equal(0);
    expect(await downloads.load('one')).to.equal('usable');
    expect(await downloads.load('two')).to.equal('usable');
    expect(requests).to.equal(1);
    downloads.dispose();
    restore();
  });
});
