// What `storage()` reports, and how a connected page answers the events of <model-storage>.
import { expect } from '@open-wc/testing';
import {
  ModelDownloads,
  ModelStoragePersistRequestEvent,
  ModelStorageQueryEvent,
  ModelStorageRemoveRequestEvent,
  type ModelDefinition,
  type ModelDownloadsOptions,
  type ModelStorage,
  type StorageReport,
} from 'model-download';
import { clearCaches, FakeHub, fakeTransformers, keep, keptUrls } from '../support/fake-hub.js';
import { deferred } from '../support/deferred.js';
import { FakeWorker } from '../support/fake-worker.js';
import { replaceStorage } from '../support/replace-storage.js';
import { storedBytes } from '../support/stored-bytes.js';

const HUB = 'https://hub.test/';
const WEIGHTS = 'onnx/model.onnx';
const USED = 'download_used_gpt2';
const addressOf = (model: string, file: string): string => `${HUB}${model}/resolve/main/${file}`;

const gpt2 = (fields: object = {}): ModelDefinition => ({
  name: 'GPT-2',
  task: 'text-generation',
  model: 'gpt2',
  files: [
    { file: 'config.json', size: 2 },
    { file: WEIGHTS, size: 7 },
  ],
  ...fields,
});

const transformers = fakeTransformers({ files: () => ['config.json', WEIGHTS] });
const managers: ModelDownloads[] = [];
let hub: FakeHub;

beforeEach(async () => {
  await clearCaches();
  hub = new FakeHub();
  hub.put(addressOf('gpt2', 'config.json'), '{}');
  hub.put(addressOf('gpt2', WEIGHTS), 'weights');
});

/** Restores what a test has replaced, also if the test fails. */
const restorations: (() => void)[] = [];

afterEach(async () => {
  for (const restore of restorations.splice(0)) restore();
  for (const manager of managers.splice(0)) manager.dispose();
  localStorage.clear();
  hub.close();
  await clearCaches();
});

function downloadsOf(models: Record<string, ModelDefinition> = { gpt2: gpt2() }, options: ModelDownloadsOptions = {}): ModelDownloads {
  const downloads = new ModelDownloads({ storage: null, transformers, models, automaticAttempts: 0, ...options });
  managers.push(downloads);
  return downloads;
}

async function modelIn(downloads: ModelDownloads): Promise<ModelStorage | undefined> {
  return (await downloads.storage()).models[0];
}

/** Ends a time limit, which has two halves, at once, until the returned function is called. */
function shortenLimit(limit: number): () => void {
  const native = globalThis.setTimeout;
  const shortened = (handler: () => void, delay = 0): unknown => native(handler, delay === limit / 2 ? 0 : delay);
  globalThis.setTimeout = shortened as typeof setTimeout;
  return () => void (globalThis.setTimeout = native);
}

/** Replaces Cache Storage until the returned function is called. */
function replaceCaches(value: unknown): () => void {
  const native = globalThis.caches;
  Object.defineProperty(globalThis, 'caches', { configurable: true, value });
  return () => void Object.defineProperty(globalThis, 'caches', { configurable: true, value: native });
}

describe('storage()', () => {
  it('reports a model with its name, size, state and last use', async () => {
    const downloads = downloadsOf(undefined, { storage: localStorage });
    expect(await modelIn(downloads)).to.deep.equal({
      modelKey: 'gpt2',
      modelName: 'GPT-2',
      bytes: 0,
      partialBytes: 0,
      totalBytes: 9,
      isComplete: false,
      lastUsed: undefined,
      status: 'idle',
      sharedWith: [],
    });
    const before = Date.now();
    await downloads.load('gpt2');
    const model = await modelIn(downloads);
    expect(model).to.include({ bytes: 9, isComplete: true, status: 'completed' });
    expect(model?.lastUsed).to.be.within(before - 1_000, Date.now() + 1_000);
    // The next visit, of the same app and of another one.
    expect((await modelIn(downloadsOf(undefined, { storage: localStorage })))?.lastUsed).to.equal(model?.lastUsed);
    expect((await modelIn(downloadsOf(undefined, { storage: localStorage, namespace: 'other' })))?.lastUsed).to.equal(undefined);
  });

  it('reports a model as incomplete if a file is missing, and as unknown without a list of its files', async () => {
    await keep(addressOf('gpt2', WEIGHTS), 'weights');
    expect(await modelIn(downloadsOf())).to.include({ bytes: 7, isComplete: false });
    expect(await modelIn(downloadsOf({ gpt2: gpt2({ files: undefined }) }))).to.include({ bytes: 7, isComplete: undefined });
  });

  it('reports which models have the same files, and removes them together', async () => {
    await keep(addressOf('gpt2', 'config.json'), '{}');
    await keep(addressOf('gpt2', WEIGHTS), 'weights');
    const downloads = downloadsOf({ gpt2: gpt2(), q8: gpt2({ options: { dtype: 'q8' } }), v2: gpt2({ options: { revision: 'v2' } }) });
    const { models } = await downloads.storage();
    expect(models.map(({ sharedWith }) => sharedWith)).to.deep.equal([['q8'], ['gpt2'], []]);
    await downloads.estimate('q8');
    expect(downloads.getState('q8')?.cached).to.equal(true);
    await downloads.remove('gpt2');
    expect(downloads.getState('q8')?.cached).to.equal(false);
    expect((await storedBytes(downloads)).map(({ bytes }) => bytes)).to.deep.equal([0, 0, 0]);
  });

  for (const text of ['', 'yesterday', '-5', '1e999', '99999999999999', '{"a":1}', 'null']) {
    it(`ignores the stored time ${JSON.stringify(text)}`, async () => {
      localStorage.setItem(USED, text);
      expect((await modelIn(downloadsOf(undefined, { storage: localStorage })))?.lastUsed).to.equal(undefined);
    });
  }

  it('works with a storage that throws', async () => {
    const fail = (): never => {
      throw new DOMException('blocked', 'SecurityError');
    };
    const downloads = downloadsOf(undefined, { storage: { getItem: fail, setItem: fail, removeItem: fail } });
    await downloads.load('gpt2');
    expect(await modelIn(downloads)).to.include({ bytes: 9, lastUsed: undefined });
    await downloads.remove('gpt2');
  });

  it('forgets the last use of a model that is removed', async () => {
    const downloads = downloadsOf(undefined, { storage: localStorage });
    await downloads.load('gpt2');
    expect(localStorage.getItem(USED)).to.match(/^\d{13}$/);
    await downloads.remove('gpt2');
    expect(localStorage.getItem(USED)).to.equal(null);
  });

  it('records the last use of a worker’s model, but no prefetch', async () => {
    const worker = new FakeWorker().expose({ models: { gpt2: gpt2() }, transformers });
    const downloads = downloadsOf({}, { storage: localStorage });
    await downloads.connectWorker(worker.asWorker);
    await downloads.prefetch('gpt2');
    expect(await modelIn(downloads)).to.include({ bytes: 9, isComplete: true, lastUsed: undefined });
    await downloads.load('gpt2');
    expect((await modelIn(downloads))?.lastUsed).to.be.above(0);
  });

  it('names a model that cannot be measured, beside the others', async () => {
    const broken = (): Promise<never> => Promise.reject(new Error('offline'));
    const own: ModelDefinition = { load: () => Promise.resolve() };
    const report = await downloadsOf({ gpt2: gpt2(), own }, { transformers: broken }).storage();
    expect(report.unmeasured).to.deep.equal(['gpt2']);
    expect(report.models.map(({ modelKey }) => modelKey)).to.deep.equal(['own']);
  });

  it('reports what the browser reports about the site', async () => {
    const restore = [
      replaceStorage('estimate', () => Promise.resolve({ usage: 5, quota: 60 })),
      replaceStorage('persisted', () => Promise.resolve(true)),
    ];
    expect(await downloadsOf().storage()).to.include({ usage: 5, quota: 60, isPersistent: true });
    for (const undo of restore) undo();
  });

  for (const [why, method] of [
    ['are missing', undefined],
    ['reject', (): Promise<never> => Promise.reject(new TypeError('blocked'))],
    ['hang', (): Promise<never> => new Promise(() => undefined)],
    ['return nonsense', (): Promise<unknown> => Promise.resolve({ usage: Number.NaN, quota: -1 })],
  ] as const) {
    it(`reports the models if the methods of the browser ${why}`, async () => {
      const restore = [replaceStorage('estimate', method), replaceStorage('persisted', why === 'return nonsense' ? undefined : method)];
      const restoreTimers = shortenLimit(5_000);
      const report = await downloadsOf().storage();
      restoreTimers();
      for (const undo of restore) undo();
      expect(report).to.include({ usage: undefined, quota: undefined, isPersistent: undefined });
      expect(report.models).to.have.lengthOf(1);
    });
  }

  it('counts the files of other software by their headers, and creates nothing', async () => {
    await keep(addressOf('gpt2', WEIGHTS), 'weights');
    await keep(addressOf('Xenova/old', WEIGHTS), 'old', { length: 5_000_000_000 });
    await keep('https://mlc.test/shard_0.bin', 'x', { cache: 'webllm/model', length: 900 });
    await (await caches.open('webllm/wasm')).put('https://mlc.test/lib.wasm', new Response('x'));
    const { others } = await downloadsOf().storage();
    expect(others).to.deep.equal([
      { name: 'Transformers.js', bytes: 5_000_000_000, isExact: true },
      { name: 'WebLLM', bytes: 900, isExact: false },
    ]);
    expect(await caches.has('webllm/config')).to.equal(false);
    for (const name of ['webllm/model', 'webllm/wasm']) await caches.delete(name);
  });

  it('counts the files of a model whose id, or whose revision, only resembles that of a model of the page', async () => {
    const alike = ['Xenova/gpt2', 'gpt2-medium', 'gpt2/medium', 'own-gpt2'].map((model) => addressOf(model, WEIGHTS));
    const revision = addressOf('gpt2', WEIGHTS).replace('main', 'v2');
    for (const url of [...alike, revision]) await keep(url, 'weights', { length: 100 });
    await keep('https://other.test/gpt2/resolve/main/config.json', '{}', { length: 100 });
    await keep(addressOf('gpt2', WEIGHTS), 'weights');
    const { others, models } = await downloadsOf().storage();
    expect(others).to.deep.equal([{ name: 'Transformers.js', bytes: 600, isExact: true }]);
    expect(models.map(({ bytes }) => bytes)).to.deep.equal([7]);
  });

  for (const [model, definition] of [
    ['a model', gpt2()],
    ['a model with its own loader', { load: () => Promise.resolve() }],
  ] as const) {
    it(`neither measures nor deletes ${model} if the cache does not answer, and does both once it does`, async () => {
      await keep(addressOf('gpt2', WEIGHTS), 'weights');
      const downloads = downloadsOf({ gpt2: definition });
      const late = deferred<undefined>();
      const open = (name: string): Promise<Cache> => late.promise.then(() => native.open(name));
      const native = globalThis.caches;
      restorations.push(replaceCaches({ open, has: () => Promise.resolve(false), keys: () => Promise.resolve([]) }));
      const restoreTimers = shortenLimit(10_000);
      restorations.push(restoreTimers);
      expect((await downloads.storage()).unmeasured).to.deep.equal(['gpt2']);
      const [removal] = await Promise.allSettled([downloads.remove('gpt2')]);
      expect(removal).to.have.nested.property('reason.code', 'timeout');
      restoreTimers();
      late.resolve(undefined);
      expect((await downloads.storage()).unmeasured).to.deep.equal([]);
      await downloads.remove('gpt2');
      for (const restore of restorations.splice(0)) restore();
      expect(await keptUrls()).to.have.lengthOf('load' in definition ? 1 : 0);
    });
  }

  it('counts the files of wllama, and no others of its folder', async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('cache', { create: true });
    for (const [name, size] of [
      [`${'a'.repeat(40)}_model.gguf`, 1_000],
      [`__metadata__${'a'.repeat(40)}_model.gguf`, 20],
      ['notes.txt', 7],
    ] as const) {
      const writable = await (await folder.getFileHandle(name, { create: true })).createWritable();
      await writable.write(new Uint8Array(size));
      await writable.close();
    }
    const { others } = await downloadsOf().storage();
    await root.removeEntry('cache', { recursive: true });
    expect(others).to.deep.equal([{ name: 'wllama', bytes: 1_020, isExact: true }]);
  });

  for (const [why, replaced] of [
    ['is missing', undefined],
    ['throws', { has: () => Promise.reject(new DOMException('blocked', 'SecurityError')) }],
  ] as const) {
    it(`reports no other software if Cache Storage ${why}`, async () => {
      const restore = replaceCaches(replaced);
      const report = await downloadsOf({ own: { load: () => Promise.resolve() } }).storage();
      restore();
      expect(report.others).to.deep.equal([]);
      expect(report.models[0]).to.include({ bytes: 0 });
    });
  }
});

describe('a connected page', () => {
  const query = async (root: EventTarget): Promise<StorageReport[]> => {
    const answers: Promise<StorageReport>[] = [];
    root.dispatchEvent(new ModelStorageQueryEvent({ answer: (report) => answers.push(report) }));
    return Promise.all(answers);
  };

  it('answers a query with the models of which it is the writer', async () => {
    const root = new EventTarget();
    const earlier = downloadsOf({ gpt2: gpt2(), own: { load: () => Promise.resolve() } });
    earlier.connect(root);
    downloadsOf().connect(root);
    const keys = (await query(root)).map(({ models }) => models.map(({ modelKey }) => modelKey));
    expect(keys).to.deep.equal([['own'], ['gpt2']]);
    expect(await query(new EventTarget())).to.deep.equal([]);
  });

  it('counts no files of another manager as files of no model', async () => {
    await keep(addressOf('gpt2', WEIGHTS), 'weights');
    const root = new EventTarget();
    downloadsOf({ own: { load: () => Promise.resolve() } }).connect(root);
    downloadsOf().connect(root);
    expect((await query(root)).map(({ others }) => others)).to.deep.equal([[], []]);
  });

  it('deletes a model on request, unless the page refuses, and only until it is disconnected', async () => {
    await keep(addressOf('gpt2', WEIGHTS), 'weights');
    const root = new EventTarget();
    const downloads = downloadsOf();
    const disconnect = downloads.connect(root);
    const request = async (modelKey: string): Promise<void> => {
      const answers: Promise<void>[] = [];
      root.dispatchEvent(new ModelStorageRemoveRequestEvent({ modelKey, answer: (removal) => answers.push(removal) }));
      await Promise.all(answers);
    };
    const refuse = (event: Event): void => event.preventDefault();
    root.addEventListener(ModelStorageRemoveRequestEvent.eventName, refuse);
    await request('gpt2');
    root.removeEventListener(ModelStorageRemoveRequestEvent.eventName, refuse);
    await request('unknown');
    expect(await keptUrls()).to.have.lengthOf(1);
    // An event of the page's own script has no listener for the answer.
    root.dispatchEvent(new CustomEvent('model-storage-remove-request', { detail: null }));
    await request('gpt2');
    expect(await keptUrls()).to.deep.equal([]);
    expect(downloads.getState('gpt2')).to.include({ status: 'idle', cached: false });
    disconnect();
    await keep(addressOf('gpt2', WEIGHTS), 'weights');
    await request('gpt2');
    expect(await keptUrls()).to.have.lengthOf(1);
  });

  it('reports to the element that a model cannot be deleted', async () => {
    const root = new EventTarget();
    downloadsOf(undefined, { transformers: () => Promise.reject(new Error('offline')) }).connect(root);
    const answers: Promise<void>[] = [];
    root.dispatchEvent(new ModelStorageRemoveRequestEvent({ modelKey: 'gpt2', answer: (removal) => answers.push(removal) }));
    const [result] = await Promise.allSettled(answers);
    expect(result).to.include({ status: 'rejected' });
  });

  it('requests persistent storage, once for several elements', async () => {
    let requests = 0;
    const decisions: ((value: boolean) => void)[] = [];
    const restore = replaceStorage('persist', () => {
      requests++;
      return new Promise<boolean>((resolve) => decisions.push(resolve));
    });
    const root = new EventTarget();
    downloadsOf().connect(root);
    const answers: Promise<boolean | undefined>[] = [];
    const request = (): boolean => root.dispatchEvent(new ModelStoragePersistRequestEvent({ answer: (answer) => answers.push(answer) }));
    request();
    request();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(requests).to.equal(1);
    for (const decide of decisions) decide(true);
    expect(await Promise.all(answers)).to.deep.equal([true, true]);
    restore();
  });
});
