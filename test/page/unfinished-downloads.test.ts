// What a visit offers to continue: a download with stored bytes, and no other.
import { expect } from '@open-wc/testing';
import { ModelDownloads, type ModelDefinition, type ModelDownloadsOptions } from 'model-download';
import { responseLoader } from 'model-download/adapters/response';
import { webLlmLoader } from 'model-download/adapters/web-llm';
import { clearCaches, FakeHub } from '../support/fake-hub.js';
import { importEngine } from '../support/import-engine.js';
import { until } from '../support/until.js';

const FILE = 'https://files.test/model.bin';
const ITEM = 'download_state_own';
const BYTES = 3_000_000;

/** A record of an earlier visit. */
const left = {
  modelKey: 'own',
  modelName: 'Own',
  status: 'downloading',
  lastUpdate: 1,
  bytesDownloaded: BYTES,
  totalBytes: 10_000_000,
  kept: true,
};

let hub: FakeHub;
let items: Map<string, string>;
const visits: ModelDownloads[] = [];

function visit(own: ModelDefinition, options: ModelDownloadsOptions = {}): ModelDownloads {
  const storage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
  const downloads = new ModelDownloads({ storage, models: { own }, automaticAttempts: 0, recovery: 'automatic', ...options });
  visits.push(downloads);
  return downloads;
}

const errorOf = (load: Promise<unknown>): Promise<unknown> => load.catch((cause: unknown) => cause);

before(() => importEngine());

beforeEach(async () => {
  await clearCaches();
  hub = new FakeHub();
  items = new Map();
});

afterEach(async () => {
  for (const downloads of visits.splice(0)) downloads.dispose();
  hub.close();
  await clearCaches();
});

describe('the visit after a load that failed', () => {
  it('offers nothing if no byte arrived', async () => {
    const own = { load: responseLoader(FILE) };
    const first = visit(own);
    await errorOf(first.load('own'));
    expect(first.getState('own')).to.include({ status: 'failed', failureCode: 'not-found' });
    expect(visit(own).getState('own')?.status).to.equal('idle');
  });

  it('offers a download whose runtime reported a share, although its bytes are unknown', async () => {
    const own = {
      load: webLlmLoader((callback) => {
        callback({ progress: 0.5, timeElapsed: 1, text: 'Fetching param cache[1/2]: 50% completed' });
        return Promise.reject(new TypeError('Failed to fetch'));
      }),
    };
    await errorOf(visit(own).load('own'));
    expect(visit(own).getState('own')).to.include({ status: 'paused', isRestored: true });
  });

  it('offers the bytes that the visit before it has stored, though this one received none', async () => {
    items.set(ITEM, JSON.stringify(left));
    const own = { load: responseLoader(FILE) };
    await errorOf(visit(own).load('own'));
    expect(visit(own).getState('own')).to.include({ status: 'paused', isRestored: true, bytesDownloaded: BYTES });
  });

  it('offers nothing if the user has deleted the bytes by a restart', async () => {
    items.set(ITEM, JSON.stringify(left));
    const own = { load: responseLoader(FILE) };
    const first = visit(own);
    await errorOf(first.load('own'));
    await first.restart('own');
    await until(() => first.getState('own')?.status === 'failed');
    expect(visit(own).getState('own')?.status).to.equal('idle');
  });

  it('offers nothing if the device had no space for the bytes', () => {
    items.set(ITEM, JSON.stringify({ ...left, kept: false }));
    expect(visit({ load: responseLoader(FILE) }).getState('own')?.status).to.equal('idle');
  });
});

describe('an estimate of an unfinished download', () => {
  const transformers = { env: { version: '4.3.1' }, pipeline: () => Promise.resolve() };

  it('makes it idle, with the size, if the browser has deleted its bytes', async () => {
    items.set(ITEM, JSON.stringify(left));
    const files = [{ file: 'onnx/model.onnx', size: 10_000_000, cached: false }];
    const downloads = visit({ task: 'text-classification', model: 'org/model', files }, { transformers });
    expect(downloads.getState('own')).to.include({ status: 'paused', isRestored: true });
    const { size } = await downloads.estimate('own');
    expect(downloads.getState('own')).to.include({ status: 'idle', totalBytes: size, cached: false, cachedBytes: 0 });
    expect([...items.keys()]).to.not.include(ITEM);
  });

  it('keeps it if its files are of an own loader, which cannot be counted', async () => {
    items.set(ITEM, JSON.stringify(left));
    const files = [{ file: 'model.bin', size: 10_000_000, cached: false }];
    const downloads = visit({ load: responseLoader(FILE), files });
    await downloads.estimate('own');
    expect(downloads.getState('own')).to.include({ status: 'paused', isRestored: true, bytesDownloaded: BYTES });
  });

  it('has the bytes of the whole files that an own loader has stored', async () => {
    hub.put(FILE, 'three', { ETag: '"1"' });
    const load = responseLoader(FILE, { keep: true });
    await visit({ load }).load('own');
    items.set(ITEM, JSON.stringify(left));
    const files = [
      { file: 'model.bin', size: 5 },
      { file: 'other.bin', size: BYTES },
    ];
    const downloads = visit({ load, files });
    await downloads.estimate('own');
    expect(downloads.getState('own')).to.include({ status: 'paused', isRestored: true, bytesDownloaded: 5 });
  });
});
