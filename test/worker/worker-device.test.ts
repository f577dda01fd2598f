// The stored files of a worker's models: the worker's module determines their addresses; the page has no module.
import { expect } from '@open-wc/testing';
import { ModelDownloads } from 'model-download';
import { clearCaches, FakeHub, fakeTransformers, keep, keptUrls } from '../support/fake-hub.js';
import { FakeWorker } from '../support/fake-worker.js';
import { storedBytes } from '../support/stored-bytes.js';

const ADDRESS = 'https://worker.test/gpt2/v1/';
const WEIGHTS = 'onnx/model.onnx';

let hub: FakeHub;
let isBroken: boolean;

beforeEach(async () => {
  await clearCaches();
  hub = new FakeHub();
  isBroken = false;
  hub.put(`${ADDRESS}config.json`, '{}');
  hub.put(ADDRESS + WEIGHTS, 'weights');
});

afterEach(async () => {
  hub.close();
  await clearCaches();
});

/** A page whose worker stores its files under its own path. */
async function pageWithWorker() {
  const transformers = fakeTransformers({
    env: { remoteHost: 'https://worker.test/', remotePathTemplate: '{model}/v1/' },
    files: () => ['config.json', WEIGHTS],
    start: () => {
      if (isBroken) throw new Error('protobuf parsing failed');
    },
  });
  const files = [
    { file: 'config.json', size: 2 },
    { file: WEIGHTS, size: 7 },
  ];
  const models = { gpt2: { task: 'text-generation', model: 'gpt2', files } };
  const start = (): Worker => new FakeWorker().expose({ models, transformers, automaticAttempts: 0 }).asWorker;
  const downloads = new ModelDownloads({ storage: null, recovery: 'ask' });
  await downloads.connectWorker(start);
  return downloads;
}

describe('a model of a worker', () => {
  it('is found, counted and deleted in the worker’s cache', async () => {
    await keep('https://hub.test/gpt2/resolve/main/config.json', '{}');
    const downloads = await pageWithWorker();
    expect((await downloads.estimate('gpt2')).cached).to.equal(false);
    await downloads.load('gpt2');
    expect((await downloads.estimate('gpt2')).cached).to.equal(true);
    expect(await storedBytes(downloads)).to.deep.equal([{ modelKey: 'gpt2', bytes: 9, partialBytes: 0 }]);
    await downloads.remove('gpt2');
    expect(await storedBytes(downloads)).to.deep.equal([{ modelKey: 'gpt2', bytes: 0, partialBytes: 0 }]);
    expect(await keptUrls()).to.deep.equal(['https://hub.test/gpt2/resolve/main/config.json']);
  });

  it('is deleted without having been loaded', async () => {
    await keep(ADDRESS + WEIGHTS, 'weights');
    const downloads = await pageWithWorker();
    await downloads.remove('gpt2');
    expect(await keptUrls()).to.deep.equal([]);
    expect(downloads.getState('gpt2')).to.include({ status: 'idle', cached: false });
  });

  it('is downloaded again by a new worker when the user restarts after a failed start', async () => {
    isBroken = true;
    const downloads = await pageWithWorker();
    const loaded = downloads.load('gpt2');
    await new Promise<void>((resolve) => downloads.subscribe('gpt2', ({ can }) => can.restart && resolve()));
    expect(downloads.getState('gpt2')).to.include({ status: 'failed', failureCode: 'runtime' });
    isBroken = false;
    await downloads.restart('gpt2');
    await loaded;
    expect(hub.sent(ADDRESS + WEIGHTS)).to.equal(2);
    expect(downloads.getState('gpt2')?.status).to.equal('completed');
  });
});
