// The bytes on this device that a load does not download again: of whole files, and of parts, also of the runtime's file.
import { expect } from '@open-wc/testing';
import { ModelDownloads, type ModelDefinition } from 'model-download';
import { responseLoader } from 'model-download/adapters/response';
import { CachePartialStore } from 'model-download/transfer';
import { clearCaches, FakeHub, fakeTransformers, keep } from '../support/fake-hub.js';
import { rejectionOf } from '../support/rejection-of.js';
import { until } from '../support/until.js';

const MODEL = 'https://hub.test/gpt2/resolve/main/';
const WEIGHTS = 'onnx/model.onnx';
const RUNTIME = 'https://hub.test/ort/ort-wasm-simd-threaded.jsep.wasm';
const OWN = 'https://own.test/own.bin';

const gpt2: ModelDefinition = {
  name: 'GPT-2',
  task: 'text-generation',
  model: 'gpt2',
  files: [
    { file: 'config.json', size: 2 },
    { file: WEIGHTS, size: 70 },
  ],
};

const transformers = fakeTransformers({
  env: { backends: { onnx: { wasm: { wasmPaths: 'https://hub.test/ort/' } } } },
  files: () => ['config.json', WEIGHTS],
});
const store = new CachePartialStore('');
let hub: FakeHub;
let downloads: ModelDownloads;

/** Stores the beginning of a file, as a broken download leaves it. */
const storePart = (url: string, length: number): Promise<void> =>
  store.append({
    url,
    start: 0,
    bytes: new Uint8Array(length),
    total: undefined,
    validator: '"1"',
    writtenBy: 'an earlier body',
    keptAt: Date.now(),
  });

const storedParts = async (): Promise<readonly string[]> => (await store.list()).map(({ url }) => url.split('/').at(-1) ?? '');

beforeEach(async () => {
  await clearCaches();
  hub = new FakeHub();
  hub.put(`${MODEL}config.json`, '{}');
  hub.put(MODEL + WEIGHTS, 'w'.repeat(70));
  hub.put(RUNTIME, 'r'.repeat(500));
  hub.put(OWN, 'o'.repeat(30));
  const own = { files: [{ file: 'own.bin', size: 30 }], load: responseLoader(OWN, { keep: true }) };
  downloads = new ModelDownloads({ storage: null, transformers, models: { gpt2, 'kept-file': own }, automaticAttempts: 0 });
});

afterEach(async () => {
  downloads.dispose();
  hub.close();
  await clearCaches();
});

describe('an estimate', () => {
  it('counts each stored byte of the model and of the runtime once', async () => {
    await keep(MODEL + WEIGHTS, 'w'.repeat(70));
    expect(await downloads.estimate('gpt2')).to.include({ size: 572, cachedBytes: 70 });
    await storePart(MODEL + WEIGHTS, 70);
    expect(await downloads.estimate('gpt2'), 'with the parts of a whole file').to.include({ size: 572, cachedBytes: 70 });
    await storePart(RUNTIME, 200);
    expect(await downloads.estimate('gpt2'), 'with a part of the runtime').to.include({ size: 572, cachedBytes: 270 });
    const { models } = await downloads.storage();
    expect(models[0]).to.include({ bytes: 70, partialBytes: 0 });
  });

  it('counts no parts of files that the load does not request, and no more than the file', async () => {
    await storePart(`${MODEL}onnx/model_q4.onnx`, 40);
    await storePart(`${MODEL}config.json`, 9);
    await storePart(MODEL + WEIGHTS, 50);
    expect(await downloads.estimate('gpt2')).to.include({ cachedBytes: 52 });
  });

  it('counts the files that an own loader has stored', async () => {
    expect(await downloads.estimate('kept-file')).to.include({ size: 30, cached: undefined, cachedBytes: undefined });
    await downloads.load('kept-file');
    expect(await downloads.estimate('kept-file')).to.include({ size: 30, cached: true, cachedBytes: 30 });
  });
});

/** Resolves when no download stores bytes: each holds a lock until then. */
const locksReleased = (): Promise<void> => until(async () => (await navigator.locks.query()).held?.length === 0);

describe('remove()', () => {
  for (const state of ['runs', 'was cancelled before', 'is storing its last bytes after it was cancelled']) {
    it(`leaves nothing of a download that ${state}`, async () => {
      hub.put(OWN, 'o'.repeat(30), { ETag: '"1"' });
      hub.beforeLastByte = () => new Promise(() => undefined);
      const loading = rejectionOf(downloads.load('kept-file'));
      await until(() => downloads.getState('kept-file')?.bytesDownloaded === 29);
      if (state !== 'runs') downloads.cancel('kept-file');
      if (state === 'was cancelled before') {
        await locksReleased();
        expect(await storedParts()).to.deep.equal(['own.bin']);
      }
      await downloads.remove('kept-file');
      expect(await loading).to.include({ name: 'AbortError' });
      await locksReleased();
      await until(async () => (await storedParts()).length === 0);
    });
  }

  it('delays a load until all deletions have ended, also if one that began later has failed', async () => {
    hub.put(OWN, 'o'.repeat(30), { ETag: '"1"' });
    hub.beforeLastByte = () => new Promise(() => undefined);
    const loading = rejectionOf(downloads.load('kept-file'));
    await until(() => downloads.getState('kept-file')?.bytesDownloaded === 29);
    hub.beforeLastByte = () => Promise.resolve();
    const removal = downloads.remove('kept-file');
    const failing = rejectionOf(downloads.remove('unknown'));
    const next = downloads.load('kept-file');
    expect(await failing).to.be.instanceOf(RangeError);
    expect(await loading).to.include({ name: 'AbortError' });
    await next;
    await removal;
    expect(downloads.getState('kept-file')?.status).to.equal('completed');
  });

  it('deletes the parts of the runtime’s file, unless another model is unfinished', async () => {
    await storePart(RUNTIME, 200);
    await storePart(MODEL + WEIGHTS, 50);
    await storePart('https://hub.test/other/resolve/main/onnx/model.onnx', 50);
    await downloads.remove('gpt2');
    expect(await storedParts()).to.have.members(['ort-wasm-simd-threaded.jsep.wasm', 'model.onnx']);
    await store.delete('https://hub.test/other/resolve/main/onnx/model.onnx');
    await downloads.remove('gpt2');
    expect(await storedParts()).to.deep.equal([]);
  });
});
