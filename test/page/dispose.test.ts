// A disposed ModelDownloads leaves nothing in its page.
import { expect } from '@open-wc/testing';
import {
  ModelDownloads,
  ModelDownloadStartRequestEvent,
  type DownloadStatus,
  type ModelDownloadChangeEvent,
  type ModelDownloadsOptions,
} from 'model-download';
import type { ModelLoaderContext } from 'model-download/adapters/transformers';
import { FakeClock } from '../support/fake-clock.js';
import { clearCaches, FakeHub } from '../support/fake-hub.js';
import { deferred } from '../support/deferred.js';
import { PageWatch } from '../support/page-watch.js';

const URL_OF_FILE = 'https://hub.test/own/resolve/main/own.bin';

/** Reads one file through the transfer layer. */
const load = async ({ fetch, signal }: ModelLoaderContext): Promise<string> => (await fetch(URL_OF_FILE, { signal })).text();

let hub: FakeHub;
let watch: PageWatch;
let workers: Worker[] = [];

beforeEach(async () => {
  await clearCaches();
  hub = new FakeHub();
  hub.put(URL_OF_FILE, 'model');
  watch = new PageWatch();
});

afterEach(async () => {
  watch.close();
  hub.close();
  for (const worker of workers) worker.terminate();
  workers = [];
  await clearCaches();
});

function downloadsOf(options: ModelDownloadsOptions = {}): ModelDownloads {
  return new ModelDownloads({
    storage: null,
    wakeLock: true,
    notifications: { title: () => 'Loading' },
    models: { own: { load } },
    ...options,
  });
}

async function reaches(downloads: ModelDownloads, modelKey: string, ...wanted: readonly DownloadStatus[]): Promise<void> {
  const { promise, resolve } = deferred<undefined>();
  const look = (): void => {
    if (wanted.includes(downloads.getState(modelKey)!.status)) resolve(undefined);
  };
  const end = downloads.subscribe(modelKey, look);
  look();
  await promise;
  end();
}

function startWorker(): Worker {
  const worker = new Worker(new URL('../support/own-worker.js', import.meta.url), { type: 'module' });
  workers.push(worker);
  return worker;
}

const nameOf = (error: unknown): string => (error as Error).name;

/** Brings a manager into one of its phases, and returns how its load, if there is one, must end. */
const lives: Record<string, (downloads: ModelDownloads, signal: AbortSignal) => Promise<{ loading?: Promise<unknown> }>> = {
  'that idles': () => Promise.resolve({}),
  'that is connected to two roots': (downloads) => {
    downloads.connect(document);
    downloads.connect(document.body);
    return Promise.resolve({});
  },
  'that loads': async (downloads, signal) => {
    hub.beforeLastByte = () => new Promise(() => undefined);
    downloads.connect(document);
    const loading = downloads.load('own', { signal });
    loading.catch(() => undefined);
    await reaches(downloads, 'own', 'downloading');
    return { loading };
  },
  'that is paused': async (downloads, signal) => {
    hub.beforeLastByte = () => new Promise(() => undefined);
    const loading = downloads.load('own', { signal });
    loading.catch(() => undefined);
    await reaches(downloads, 'own', 'downloading');
    downloads.pause('own');
    await reaches(downloads, 'own', 'paused');
    return { loading };
  },
  'that waits for the connection': async (downloads, signal) => {
    hub.isReachable = false;
    const loading = downloads.load('own', { signal });
    loading.catch(() => undefined);
    await reaches(downloads, 'own', 'waiting');
    return { loading };
  },
  'that has loaded': async (downloads) => {
    expect(await downloads.load('own')).to.equal('model');
    return {};
  },
  'that owns a worker': async (downloads, signal) => {
    await downloads.connectWorker(startWorker);
    await downloads.load('usable');
    const loading = downloads.load('endless', { signal });
    loading.catch(() => undefined);
    return { loading };
  },
};

describe('ModelDownloads.dispose', () => {
  for (const [life, begin] of Object.entries(lives)) {
    it(`leaves no listener, channel or timer of a manager ${life}`, async () => {
      const { signal } = new AbortController();
      watch.signals.add(signal);
      const before = watch.left;
      const downloads = downloadsOf();
      const { loading } = await begin(downloads, signal);
      expect(watch.left, 'it listens').to.have.length.above(before.length);
      downloads.dispose();
      if (loading) expect(await loading.catch(nameOf)).to.equal('AbortError');
      expect(watch.left).to.deep.equal(before);
    });
  }

  it('is not needed if the constructor throws', () => {
    const before = watch.left;
    const models = { broken: {} } as unknown as NonNullable<ModelDownloadsOptions['models']>;
    expect(() => downloadsOf({ models })).to.throw(TypeError, 'needs a task');
    expect(() => downloadsOf({ concurrency: 0 })).to.throw(RangeError);
    expect(watch.left).to.deep.equal(before);
  });

  it('sets no timer that outlives it', async () => {
    const clock = new FakeClock();
    const downloads = downloadsOf({
      clock,
      transfer: false,
      models: { done: { load: () => Promise.resolve('model') }, endless: { load: () => new Promise(() => undefined) } },
    });
    await downloads.load('done');
    downloads.load('endless').catch(() => undefined);
    expect(clock.pending).to.be.above(1);
    downloads.dispose();
    expect(clock.pending).to.equal(0);
  });

  it('keeps the stored bytes of an incomplete file', async () => {
    const { promise, resolve } = deferred<undefined>();
    hub.beforeLastByte = () => promise;
    const first = downloadsOf();
    const loading = first.load('own');
    await reaches(first, 'own', 'downloading');
    first.dispose();
    expect(await loading.catch(nameOf)).to.equal('AbortError');
    expect(first.getState('own')?.status).to.equal('cancelled');
    resolve(undefined);
    const second = downloadsOf();
    expect(await second.load('own')).to.equal('model');
    second.dispose();
  });

  it('cancels a queued load, and starts none afterwards', async () => {
    const { promise, resolve } = deferred<unknown>();
    let loads = 0;
    const downloads = downloadsOf({
      concurrency: 1,
      models: { first: { load: () => promise }, second: { load: () => Promise.resolve((loads += 1)) } },
    });
    const loading = [downloads.load('first'), downloads.load('second')];
    downloads.subscribe('first', ({ status }) => {
      if (status === 'cancelled') downloads.retry('second');
    });
    downloads.dispose();
    resolve('model');
    expect(await Promise.all(loading.map((one) => one.catch(nameOf)))).to.deep.equal(['AbortError', 'AbortError']);
    expect(loads).to.equal(0);
  });

  it('makes every later call fail with a clear error, or do nothing', async () => {
    const downloads = downloadsOf();
    await downloads.load('own');
    downloads.dispose();
    downloads.dispose();
    for (const act of ['pause', 'resume', 'cancel', 'retry'] as const) downloads[act]('own');
    await downloads.restart('own');
    downloads.subscribe('own', () => expect.fail('nothing is told any more'))();
    expect(downloads.getState('own')?.status).to.equal('completed');
    expect(downloads.summary.completed, 'it still tells what was').to.equal(1);
    for (const act of ['load', 'prefetch', 'estimate', 'remove'] as const) {
      const error: unknown = await downloads[act]('own').catch((thrown: unknown) => thrown);
      expect(error, act).to.include({ name: 'InvalidStateError', message: 'The ModelDownloads was disposed.' });
    }
    expect(await downloads.storage().catch(nameOf)).to.equal('InvalidStateError');
    expect(await downloads.connectWorker(startWorker).catch(nameOf)).to.equal('InvalidStateError');
    expect(workers, 'no worker was started').to.have.lengthOf(0);
    expect(() => downloads.define({ other: { load } })).to.throw(DOMException, 'disposed');
    expect(() => downloads.connect(document)).to.throw(DOMException, 'disposed');
  });

  it('disconnects a worker that is still connecting', async () => {
    const before = watch.left;
    const downloads = downloadsOf();
    const connecting = downloads.connectWorker(startWorker);
    downloads.dispose();
    expect(await connecting.catch(nameOf)).to.equal('InvalidStateError');
    expect(watch.left).to.deep.equal(before);
  });

  it('handles no event afterwards, and announces the end before', () => {
    const downloads = downloadsOf({ models: { endless: { load: () => new Promise(() => undefined) } } });
    downloads.connect(document);
    downloads.load('endless').catch(() => undefined);
    const told: string[] = [];
    const hear = ({ detail }: ModelDownloadChangeEvent): number => told.push(detail.state.status);
    document.addEventListener('model-download-change', hear);
    downloads.dispose();
    document.dispatchEvent(new ModelDownloadStartRequestEvent({ modelKey: 'endless' }));
    document.removeEventListener('model-download-change', hear);
    expect(told).to.deep.equal(['cancelled']);
  });

  it('is called by `using`, if the platform supports it', () => {
    const { dispose } = Symbol as { dispose?: symbol };
    const downloads = downloadsOf() as ModelDownloads & Record<symbol, (() => void) | undefined>;
    if (dispose) downloads[dispose]?.();
    else downloads.dispose();
    expect(() => downloads.connect(document)).to.throw(DOMException, 'disposed');
  });
});
