// Actions right after a request, before anything has been downloaded: none of them may be dropped.
import { expect } from '@open-wc/testing';
import type * as own from 'model-download';
import type { ModelLoader } from 'model-download/adapters/response';
import { deferred } from '../support/deferred.js';
import { ADDRESS, eachWithFile } from '../support/fake-file.js';
import { rejectionOf } from '../support/rejection-of.js';
import { until } from '../support/until.js';

const OTHER = 'https://files.test/other.bin';

let copies = 0;

const stage = eachWithFile();

const fetchFile: ModelLoader<string> = async ({ fetch }) => (await fetch(ADDRESS)).text();

/** A manager of a copy of the package that has not imported its engine. */
async function freshManager(options: own.ModelDownloadsOptions = {}, load: ModelLoader<unknown> = fetchFile) {
  const address = `/dist/cdn/model-download.js?early-actions-${++copies}`;
  const { ModelDownloads } = (await import(address)) as typeof own;
  let loads = 0;
  const counted: ModelLoader<unknown> = (context) => {
    loads += 1;
    return load(context);
  };
  const models = { phi: { load: counted }, other: { load: () => Promise.resolve() } };
  const downloads = new ModelDownloads({ storage: null, models, ...options });
  const status = (): string | undefined => downloads.getState('phi')?.status;
  /** Waits until the engine is imported. */
  const imported = (): Promise<unknown> => downloads.load('other');
  /** Waits for a load of another file, which takes longer than the first request of a load that has begun before. */
  const another = async (): Promise<void> => {
    const key = `another-${++copies}`;
    stage.hub.put(OTHER, 'another');
    downloads.define({ [key]: { load: async ({ fetch }) => (await fetch(OTHER)).text() } });
    await downloads.load(key);
  };
  return { downloads, status, imported, another, loads: () => loads, requests: () => stage.hub.sent(ADDRESS) };
}

describe('during the import of the engine', () => {
  it('pause() keeps the download from its start, and resume() starts it', async () => {
    const { downloads, status, imported, another, loads, requests } = await freshManager();
    const loading = downloads.load('phi');
    downloads.pause('phi');
    expect([status(), downloads.getState('phi')?.can]).to.deep.equal([
      'paused',
      { pause: false, resume: true, cancel: true, retry: false, restart: false },
    ]);
    await imported();
    await another();
    expect([status(), loads(), requests()]).to.deep.equal(['paused', 0, 0]);
    downloads.resume('phi');
    expect(await loading).to.equal('model');
    expect([status(), loads()]).to.deep.equal(['completed', 1]);
    downloads.dispose();
  });

  it('pause() by a listener of the start is remembered', async () => {
    const { downloads, status, imported, loads } = await freshManager();
    const stop = downloads.subscribe('phi', () => {
      stop();
      downloads.pause('phi');
    });
    const loading = downloads.load('phi');
    await imported();
    expect([status(), loads()]).to.deep.equal(['paused', 0]);
    downloads.resume('phi');
    expect(await loading).to.equal('model');
    downloads.dispose();
  });

  it('pause() and resume() leave one load', async () => {
    const { downloads, loads } = await freshManager();
    const loading = downloads.load('phi');
    downloads.pause('phi');
    downloads.resume('phi');
    expect(await loading).to.equal('model');
    expect(loads()).to.equal(1);
    downloads.dispose();
  });

  it('cancel() ends a paused download', async () => {
    const { downloads, status, imported, another, loads } = await freshManager();
    const loading = rejectionOf(downloads.load('phi'));
    downloads.pause('phi');
    downloads.cancel('phi');
    expect(await loading).to.include({ name: 'AbortError' });
    await imported();
    downloads.resume('phi');
    await another();
    expect([status(), loads()]).to.deep.equal(['cancelled', 0]);
    downloads.dispose();
  });

  it('retry(), restart() and a second load() leave one load', async () => {
    const { downloads, loads } = await freshManager();
    const loading = downloads.load('phi');
    downloads.retry('phi');
    await downloads.restart('phi');
    expect(await Promise.all([loading, downloads.load('phi')])).to.deep.equal(['model', 'model']);
    expect(loads()).to.equal(1);
    downloads.dispose();
  });

  it('pause() has no effect without the transfer layer', async () => {
    const { downloads, status } = await freshManager({ transfer: false });
    const loading = downloads.load('phi');
    downloads.pause('phi');
    expect(status()).to.equal('checking');
    expect(await loading).to.equal('model');
    downloads.dispose();
  });
});

describe('before the first request of a file', () => {
  it('pause() is applied with that request, and no byte arrives before resume()', async () => {
    const prepared = deferred<undefined>();
    const { downloads, status, another, loads, requests } = await freshManager({}, async (context) => {
      await prepared.promise;
      return fetchFile(context);
    });
    const loading = downloads.load('phi');
    await until(() => loads() === 1);
    downloads.pause('phi');
    prepared.resolve(undefined);
    await until(() => status() === 'paused');
    await another();
    expect([status(), requests()]).to.deep.equal(['paused', 0]);
    downloads.resume('phi');
    expect(await loading).to.equal('model');
    downloads.dispose();
  });

  it('resume() withdraws a pause that is not applied yet', async () => {
    const prepared = deferred<undefined>();
    const { downloads, loads } = await freshManager({}, async (context) => {
      await prepared.promise;
      return fetchFile(context);
    });
    const loading = downloads.load('phi');
    await until(() => loads() === 1);
    downloads.pause('phi');
    downloads.resume('phi');
    prepared.resolve(undefined);
    expect(await loading).to.equal('model');
    downloads.dispose();
  });

  it('pause() keeps a queued download from its start', async () => {
    const first = deferred<string>();
    const { downloads, status, another, loads } = await freshManager({ concurrency: 1 });
    downloads.define({ busy: { load: () => first.promise } });
    const busy = downloads.load('busy');
    await until(() => downloads.getState('busy')?.status === 'checking');
    const loading = downloads.load('phi');
    await until(() => status() === 'queued');
    downloads.pause('phi');
    expect(status()).to.equal('paused');
    first.resolve('model');
    await busy;
    await another();
    expect([status(), loads()]).to.deep.equal(['paused', 0]);
    downloads.resume('phi');
    expect(await loading).to.equal('model');
    downloads.dispose();
  });
});

describe('in another tab', () => {
  it('pause() and resume() apply to the download of this one, though the model is idle there', async () => {
    stage.hub.beforeLastByte = () => new Promise(() => undefined);
    const { downloads, status } = await freshManager();
    const other = await freshManager();
    const loading = downloads.load('phi');
    await until(() => status() === 'downloading');
    other.downloads.pause('phi');
    await until(() => status() === 'paused');
    stage.hub.beforeLastByte = undefined;
    other.downloads.resume('phi');
    expect(await loading).to.equal('model');
    expect([other.status(), other.loads()]).to.deep.equal(['idle', 0]);
    for (const manager of [other, { downloads }]) manager.downloads.dispose();
  });
});

describe('a start request', () => {
  it('resumes a paused download', async () => {
    stage.hub.beforeLastByte = () => new Promise(() => undefined);
    const { downloads, status } = await freshManager();
    const root = new EventTarget();
    downloads.connect(root);
    const loading = downloads.load('phi');
    await until(() => status() === 'downloading');
    downloads.pause('phi');
    stage.hub.beforeLastByte = undefined;
    root.dispatchEvent(new CustomEvent('model-download-start-request', { detail: { modelKey: 'phi' } }));
    expect(await loading).to.equal('model');
    downloads.dispose();
  });
});
