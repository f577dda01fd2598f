// What a page requests from the browser's storage before a download.
import { expect } from '@open-wc/testing';
import { ModelDownloads } from 'model-download';
import { deferred } from '../support/deferred.js';
import { clearCaches, FakeHub, fakeTransformers, keep } from '../support/fake-hub.js';
import { replaceStorage } from '../support/replace-storage.js';
import { until } from '../support/until.js';

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
  for (const transfer of [true, false]) {
    it(`is its size ${transfer ? 'with' : 'without'} the transfer layer`, async () => {
      expect(await fitsIn(10 * MB, transfer)).to.equal(true);
      expect(await fitsIn(10 * MB - 1, transfer)).to.equal(false);
    });
  }

  it('is missing if the browser refuses a file of that size, whatever it reports, and no file is left', async () => {
    const { truncate } = FileSystemWritableFileStream.prototype;
    const { getFileHandle } = FileSystemDirectoryHandle.prototype;
    const tried = new Set<number>();
    // The directory may have files of other pages of the origin.
    const created: string[] = [];
    FileSystemDirectoryHandle.prototype.getFileHandle = function (name, options) {
      created.push(name);
      return getFileHandle.call(this, name, options);
    };
    FileSystemWritableFileStream.prototype.truncate = (size) => {
      tried.add(size);
      return Promise.reject(new DOMException('no room', 'QuotaExceededError'));
    };
    const fits = await fitsIn(10_000 * MB, true);
    FileSystemWritableFileStream.prototype.truncate = truncate;
    FileSystemDirectoryHandle.prototype.getFileHandle = getFileHandle;
    expect([fits, ...tried]).to.deep.equal([false, 10 * MB]);
    const directory = await (await navigator.storage.getDirectory()).getDirectoryHandle('model-download-partial-v1');
    expect(created).not.to.deep.equal([]);
    // The preview of the same model may still be deleting its file.
    await until(async () => {
      const names: string[] = [];
      for await (const name of directory.keys()) names.push(name);
      return !created.some((name) => names.includes(name));
    });
  });

  it('is not written over what a removal has written meanwhile', async () => {
    const { promise: report, resolve } = deferred<StorageEstimate>();
    let requests = 0;
    const restore = replaceStorage('estimate', () => {
      requests++;
      return report;
    });
    const restoreFiles = replaceStorage('getDirectory', () => Promise.reject(new DOMException('refused', 'SecurityError')));
    const downloads = new ModelDownloads({ models: { removed: { load: () => Promise.resolve(), files } }, storage: null });
    await until(() => requests > 0);
    await downloads.remove('removed');
    resolve({ quota: 100 * MB, usage: 0 });
    // The estimate of another model takes longer than what is left of the preview.
    await fitsIn(10 * MB, true);
    expect(downloads.getState('removed')).to.include({ status: 'idle', cached: false });
    downloads.dispose();
    restoreFiles();
    restore();
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
