// The first load of a page, which imports the engine.
import { expect } from '@open-wc/testing';
import type * as own from 'model-download';
import type { defineModels, loadModelWithProgress, ModelLoaderContext } from 'model-download/adapters/transformers';
import { deferred } from '../support/deferred.js';
import { settle } from '../support/fake-clock.js';
import { FakeWorker } from '../support/fake-worker.js';
import { rejectionOf } from '../support/rejection-of.js';
import { storedBytes } from '../support/stored-bytes.js';

type Copy = typeof own & { defineModels: typeof defineModels; loadModelWithProgress: typeof loadModelWithProgress };

let copies = 0;

/** A copy of the package that has not imported its engine. */
async function freshCopy(): Promise<Copy> {
  const address = `/dist/cdn/model-download.js?first-load-${++copies}`;
  return (await import(address)) as Copy;
}

/** A manager of a fresh copy, with two models whose loads the test ends. */
async function freshManager(options: own.ModelDownloadsOptions = {}) {
  const copy = await freshCopy();
  const contexts: ModelLoaderContext[] = [];
  const started = deferred<undefined>();
  const end = deferred<string>();
  const load = (context: ModelLoaderContext): Promise<string> => {
    contexts.push(context);
    started.resolve(undefined);
    return end.promise;
  };
  const models = { phi: { name: 'phi', load }, mood: { name: 'mood', load } };
  const downloads = new copy.ModelDownloads({ storage: null, transfer: false, models, ...options });
  return { copy, downloads, contexts, started: started.promise, end: end.resolve, status: () => downloads.getState('phi')?.status };
}

/** Waits until an import that has started has ended. */
const imported = async ({ ModelDownloads }: Copy): Promise<void> => {
  const downloads = new ModelDownloads({ storage: null, models: { other: { load: () => Promise.resolve() } } });
  await downloads.load('other');
  downloads.dispose();
};

describe('a page whose models are all in workers', () => {
  it('imports no engine', async () => {
    // A browser records 250 requests by default, fewer than this page makes.
    performance.setResourceTimingBufferSize(2_000);
    const { ModelDownloads, ModelDownloadDialogElement } = await freshCopy();
    const worker = new FakeWorker().expose({ models: { own: { load: () => Promise.resolve('model') } }, transfer: false });
    const downloads = new ModelDownloads({ storage: null });
    downloads.connect();
    await downloads.connectWorker(worker.asWorker);
    const dialog = document.createElement(ModelDownloadDialogElement.tagName);
    document.body.append(dialog);
    dialog.show();
    await dialog.updateComplete;
    dialog.remove();
    expect(await storedBytes(downloads)).to.deep.equal([{ modelKey: 'own', bytes: 0, partialBytes: 0 }]);
    expect(await downloads.estimate('own')).to.include({ size: undefined });
    expect(await downloads.load('own')).to.equal(worker.asWorker);
    await downloads.remove('own');
    const requested = performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname);
    expect(requested).to.include('/dist/cdn/connect-worker.js').and.not.include('/dist/cdn/engine.js');
    downloads.dispose();
  });
});

describe('the first load of a page', () => {
  it('continues for the other callers when the first one leaves after the import', async () => {
    const { downloads, started, end } = await freshManager();
    const controller = new AbortController();
    const first = rejectionOf(downloads.load('phi', { signal: controller.signal }));
    await started;
    const second = downloads.load('phi');
    controller.abort();
    expect(await first).to.include({ name: 'AbortError' });
    end('model');
    expect(await second).to.equal('model');
    downloads.dispose();
  });

  it('continues for the other callers when one leaves during the import', async () => {
    const { downloads, contexts, end } = await freshManager();
    const controller = new AbortController();
    const first = rejectionOf(downloads.load('phi', { signal: controller.signal }));
    const second = downloads.load('phi');
    controller.abort();
    end('model');
    expect(await second).to.equal('model');
    expect(await first).to.include({ name: 'AbortError' });
    expect(contexts).to.have.lengthOf(1);
    downloads.dispose();
  });

  it('is cancelled when its only caller leaves during the import, and never starts', async () => {
    const { copy, downloads, contexts, status } = await freshManager();
    const controller = new AbortController();
    const loading = rejectionOf(downloads.load('phi', { signal: controller.signal }));
    controller.abort();
    await loading;
    expect(status()).to.equal('cancelled');
    await imported(copy);
    expect([contexts.length, status()]).to.deep.equal([0, 'cancelled']);
    downloads.dispose();
  });

  it('is cancelled by a listener of its start, and can be requested again at once', async () => {
    const { downloads, contexts, end, status } = await freshManager();
    const stop = downloads.subscribe('phi', ({ status: reported }) => {
      if (reported === 'queued') downloads.cancel('phi');
    });
    expect(await rejectionOf(downloads.load('phi'))).to.include({ name: 'AbortError' });
    expect(status()).to.equal('cancelled');
    stop();
    end('model');
    expect(await downloads.load('phi')).to.equal('model');
    expect(contexts).to.have.lengthOf(1);
    downloads.dispose();
  });

  it('of two models starts both, in the order of their requests', async () => {
    const { downloads, started, end } = await freshManager({ concurrency: 1 });
    const ended: string[] = [];
    const loads = ['phi', 'mood'].map((key) => downloads.load(key).then(() => ended.push(key)));
    await started;
    expect([downloads.getState('phi')?.status, downloads.getState('mood')?.status]).to.deep.equal(['checking', 'queued']);
    end('model');
    await Promise.all(loads);
    expect(ended).to.deep.equal(['phi', 'mood']);
    downloads.dispose();
  });

  it('ends when the manager is disposed during the import', async () => {
    const { copy, downloads, contexts, status } = await freshManager();
    const calls = [downloads.load('phi'), downloads.estimate('mood')].map(rejectionOf);
    downloads.dispose();
    const [loading, estimating] = await Promise.all(calls);
    expect(loading).to.include({ name: 'AbortError', message: 'The ModelDownloads was disposed.' });
    expect(estimating).to.include({ name: 'InvalidStateError' });
    await imported(copy);
    expect([contexts.length, status()]).to.deep.equal([0, 'cancelled']);
  });

  it('ends when another manager takes the model over during the import', async () => {
    const { copy, downloads, contexts } = await freshManager();
    const later = await freshManager();
    downloads.connect(document);
    const loading = rejectionOf(downloads.load('phi'));
    later.downloads.connect(document);
    expect(await loading).to.include({ name: 'AbortError' });
    await imported(copy);
    expect(contexts).to.have.lengthOf(0);
    later.end('model');
    expect(await later.downloads.load('phi')).to.equal('model');
    for (const manager of [later.downloads, downloads]) manager.dispose();
  });

  it('ends when the model is removed during the import', async () => {
    const { copy, downloads, contexts, status } = await freshManager();
    const loading = rejectionOf(downloads.load('phi'));
    await downloads.remove('phi');
    expect(await loading).to.include({ name: 'AbortError' });
    await imported(copy);
    expect([contexts.length, status()]).to.deep.equal([0, 'idle']);
    downloads.dispose();
  });

  it('begins after a deletion of the model that is running', async () => {
    const { downloads, contexts, end } = await freshManager();
    const first = rejectionOf(downloads.load('phi'));
    const removal = downloads.remove('phi');
    const second = downloads.load('phi');
    end('model');
    expect(await first).to.include({ name: 'AbortError' });
    expect(await second).to.equal('model');
    await removal;
    expect(contexts).to.have.lengthOf(1);
    downloads.dispose();
  });

  it('of loadModelWithProgress rejects at once when its signal aborts', async () => {
    const { defineModels: define, loadModelWithProgress: load } = await freshCopy();
    define({ chat: { task: 'text-generation', model: 'local/chat' } }, { transformers: () => new Promise<never>(() => undefined) });
    const controller = new AbortController();
    let reason: unknown;
    void rejectionOf(load('chat', undefined, { signal: controller.signal })).then((error) => (reason = error));
    controller.abort(new Error('enough'));
    await settle();
    expect(reason).to.have.property('message', 'enough');
  });
});
