// The download of a model in a worker, as the page sees it: its callers, and the actions at unusual moments.
import { expect } from '@open-wc/testing';
import { ModelDownloadRestartRequestEvent, ModelDownloads } from 'model-download';
import { deferred } from '../support/deferred.js';
import { ADDRESS, eachWithFile } from '../support/fake-file.js';
import { rejectionOf } from '../support/rejection-of.js';
import { progress } from '../support/transformers-events.js';
import { until } from '../support/until.js';
import { crossed, FILE, MB, workerPage } from '../support/worker-page.js';

describe('a model in a worker', () => {
  it('is loaded again by a listener that is notified of a cancel', async () => {
    const { downloads, loadAt, workers, loads } = await workerPage();
    void rejectionOf(downloads.load('phi'));
    await loadAt(0);
    const results: Promise<unknown>[] = [];
    downloads.subscribe('phi', ({ status }) => {
      if (status === 'cancelled') results.push(downloads.load('phi'));
    });
    downloads.cancel('phi');
    (await loadAt(1)).resolve('model');
    expect(await results[0]).to.equal(workers[0]!.asWorker);
    expect(loads).to.have.lengthOf(2);
  });

  it('is not retried while another manager is the writer, and retry() does not throw', async () => {
    const { downloads, loads, state } = await workerPage();
    const root = new EventTarget();
    downloads.connect(root);
    const later = new ModelDownloads({ storage: null, models: { phi: { load: () => Promise.resolve() } } });
    later.connect(root);
    downloads.retry('phi');
    await crossed();
    expect([loads.length, state()?.status]).to.deep.equal([0, 'idle']);
    later.dispose();
  });

  it('keeps its failure when a restart cannot delete the files', async () => {
    const unhandled: unknown[] = [];
    const record = (event: PromiseRejectionEvent): void => {
      event.preventDefault();
      unhandled.push(event.reason);
    };
    const { downloads, loadAt, workers, state } = await workerPage();
    const root = new EventTarget();
    downloads.connect(root);
    const loading = rejectionOf(downloads.load('phi'));
    const { context, reject } = await loadAt(0);
    context.progress_callback(progress(FILE, MB, 10 * MB));
    reject(new Error('failed to create session'));
    await crossed();
    expect(state()?.can.restart).to.equal(true);
    addEventListener('unhandledrejection', record);
    workers.push = () => {
      throw new Error('no further worker');
    };
    root.dispatchEvent(new ModelDownloadRestartRequestEvent({ modelKey: 'phi' }));
    await crossed();
    // The platform reports a rejection in a task of its own.
    await new Promise((resolve) => setTimeout(resolve));
    removeEventListener('unhandledrejection', record);
    expect([unhandled, state()?.status]).to.deep.equal([[], 'failed']);
    downloads.dispose();
    await loading;
  });
});

describe('a load and a prefetch of one model in a worker', () => {
  /** Both, before the worker has imported Transformers.js. */
  async function bothOf() {
    const models = { chat: { task: 'text-generation', model: 'local/chat' } };
    const page = await workerPage({ models, transformers: () => new Promise<never>(() => undefined) });
    const [prefetching, loading] = [new AbortController(), new AbortController()];
    const prefetch = rejectionOf(page.downloads.prefetch('chat', { signal: prefetching.signal }));
    const load = rejectionOf(page.downloads.load('chat', { signal: loading.signal }));
    await crossed();
    return { ...page, prefetching, loading, prefetch, load, status: () => page.downloads.getState('chat')?.status };
  }

  it('continue for the other caller when one has left', async () => {
    for (const first of ['prefetching', 'loading'] as const) {
      const parts = await bothOf();
      parts[first].abort();
      await crossed();
      expect(parts.status(), first).to.be.oneOf(['queued', 'checking']);
      parts.downloads.cancel('chat');
      expect(await parts.load).to.include({ name: 'AbortError' });
      expect(await parts.prefetch).to.include({ name: 'AbortError' });
    }
  });

  it('are cancelled when both callers have left', async () => {
    const { prefetching, loading, prefetch, load, status } = await bothOf();
    loading.abort();
    prefetching.abort();
    await Promise.all([prefetch, load]);
    await crossed();
    expect(status()).to.equal('cancelled');
  });
});

describe('a pause before the first request of a worker', () => {
  const stage = eachWithFile();

  /** A model whose loader requests its file when the test lets it. */
  async function pageOf() {
    const prepared = deferred<undefined>();
    let loads = 0;
    const load = async ({ fetch }: { fetch: (url: string) => Promise<Response> }): Promise<string> => {
      loads += 1;
      await prepared.promise;
      return (await fetch(ADDRESS)).text();
    };
    const page = await workerPage({ transfer: true, models: { own: { load } } });
    return {
      ...page,
      prepare: () => prepared.resolve(undefined),
      status: () => page.downloads.getState('own')?.status,
      loads: () => loads,
    };
  }

  for (const moment of ['right after load()', 'while the loader runs'] as const) {
    it(`is applied with that request: ${moment}`, async () => {
      const { downloads, workers, prepare, status, loads } = await pageOf();
      const loading = downloads.load('own');
      if (moment === 'while the loader runs') await until(() => loads() === 1);
      downloads.pause('own');
      prepare();
      await until(() => status() === 'paused');
      await crossed();
      expect([status(), stage.hub.requests.length]).to.deep.equal(['paused', 0]);
      downloads.resume('own');
      expect(await loading).to.equal(workers[0]!.asWorker);
      downloads.dispose();
    });

    it(`is withdrawn by resume(): ${moment}`, async () => {
      const { downloads, workers, prepare, status, loads } = await pageOf();
      const loading = downloads.load('own');
      if (moment === 'while the loader runs') await until(() => loads() === 1);
      downloads.pause('own');
      downloads.resume('own');
      prepare();
      expect(await loading).to.equal(workers[0]!.asWorker);
      expect(status()).to.equal('completed');
      downloads.dispose();
    });
  }
});
