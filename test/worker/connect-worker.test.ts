import { expect } from '@open-wc/testing';
import { DownloadFailure, ModelDownloads } from 'model-download';
import { FakeWorker } from '../support/fake-worker.js';
import { download, progress, sendFile } from '../support/transformers-events.js';
import { until } from '../support/until.js';
import { crossed, FILE, MB, workerPage } from '../support/worker-page.js';

describe('ModelDownloads.connectWorker', () => {
  it('adds the models of the worker to the page', async () => {
    const { downloads, state } = await workerPage();
    expect(state()).to.include({ status: 'idle', modelName: 'Phi-3', totalBytes: 10 * MB });
    expect(downloads.getState('other')?.modelName).to.equal('other');
  });

  it('loads in the worker and resolves with the worker', async () => {
    const { downloads, loadAt, workers, states, clock } = await workerPage();
    const received: number[] = [];
    const loaded = downloads.load('phi', { onProgress: ({ loaded: bytes }) => received.push(bytes) });
    const got = workers[0]!.models!.get('phi');
    const { context, resolve } = await loadAt(0);
    sendFile(context.progress_callback, FILE, 10 * MB);
    clock.advance(200);
    const model = { run: (): string => 'text' };
    resolve(model);
    expect(await loaded).to.equal(workers[0]!.asWorker);
    expect(await got).to.equal(model);
    expect(states.map(({ status }) => status).filter((status, index, all) => status !== all[index - 1])).to.deep.equal([
      'queued',
      'checking',
      'preparing',
      'completed',
    ]);
    expect(states.at(-1)).to.include({ progress: 100, bytesDownloaded: 10 * MB });
    expect(downloads.getAggregate('phi')?.files.map(({ file }) => file)).to.deep.equal([FILE]);
    expect(received.at(-1)).to.equal(10 * MB);
  });

  it('lets a listener of the start join the load', async () => {
    const { downloads, loadAt, loads, workers } = await workerPage();
    let joined: Promise<unknown> | undefined;
    downloads.subscribe('phi', ({ status }) => {
      if (status === 'queued') joined ??= downloads.load('phi');
    });
    const loaded = downloads.load('phi');
    (await loadAt(0)).resolve('model');
    expect(await joined).to.equal(workers[0]!.asWorker);
    expect(await loaded).to.equal(workers[0]!.asWorker);
    expect(loads).to.have.lengthOf(1);
  });

  it('receives at most one state per 100 ms and download, each transition, and always the last figures', async () => {
    const { downloads, loadAt, workers, clock } = await workerPage();
    void downloads.load('phi').catch(() => undefined);
    void downloads.load('other').catch(() => undefined);
    const loads = [await loadAt(0), await loadAt(1)];
    for (const { context } of loads) context.progress_callback(download(FILE));
    clock.advance(1_000);
    await crossed();
    const before = workers[0]!.reportedStates('phi').length;
    // 300 events in 3 s.
    for (let part = 1; part <= 300; part++) {
      for (const { context } of loads) context.progress_callback(progress(FILE, part * 10_000, 10 * MB));
      clock.advance(10);
    }
    clock.advance(100);
    for (const key of ['phi', 'other']) {
      const reported = workers[0]!.reportedStates(key).slice(before);
      expect(reported.length, key).to.equal(30);
      expect(reported.at(-1)?.bytesDownloaded).to.equal(3 * MB);
    }
    const reported = workers[0]!.reportedStates('phi').length;
    loads[0]!.reject(new Error('boom'));
    await crossed();
    expect(
      workers[0]!
        .reportedStates('phi')
        .slice(reported)
        .map(({ status }) => status),
      'without a delay',
    ).to.deep.equal(['failed']);
  });

  it('ignores messages of the app, like the worker', async () => {
    const { workers, downloads, loadAt, state } = await workerPage();
    const worker = workers[0]!;
    void downloads.load('phi').catch(() => undefined);
    await loadAt(0);
    const own: unknown[] = [];
    worker.scope.addEventListener('message', ({ data }) => own.push(data));
    const before = state();
    for (const data of [
      null,
      undefined,
      1,
      'state',
      {},
      { kind: 'state', modelKey: 'phi', state: { ...before, status: 'failed' } },
      { tag: 'other' },
    ]) {
      worker.post(data);
      worker.postMessage(data);
    }
    worker.post({ tag: 'model-download/worker-1', kind: 'news' });
    worker.postMessage({ tag: 'model-download/worker-1', kind: 'news', seq: 0 });
    await crossed();
    expect(state()).to.equal(before);
    expect(own).to.have.lengthOf(8);
    expect(worker.reportedStates('phi').map(({ status }) => status)).to.deep.equal(['queued', 'checking']);
  });

  it('restores a failure of the worker', async () => {
    const { downloads, loadAt, state } = await workerPage({}, { recovery: 'automatic' });
    const failed = downloads.load('phi').catch((error: unknown) => error);
    const { reject } = await loadAt(0);
    reject(new DownloadFailure('http', 'Service unavailable', { httpStatus: 503 }));
    const failure = (await failed) as DownloadFailure;
    expect(failure).to.be.instanceOf(DownloadFailure).and.include({ code: 'http', message: 'Service unavailable', httpStatus: 503 });
    expect(state()).to.include({ status: 'failed', failureCode: 'http', error: 'Service unavailable' });
    const broken = downloads.load('phi').catch((error: unknown) => error);
    (await loadAt(1)).reject(new TypeError('Failed to fetch'));
    expect(await broken).to.include({ code: 'network', message: 'Failed to fetch' });
    expect(((await broken) as DownloadFailure).cause).to.include({ name: 'TypeError', message: 'Failed to fetch' });
  });

  it('restores the status, the delay and the cause of a failure', async () => {
    const { downloads, loadAt, state } = await workerPage({}, { recovery: 'automatic' });
    const failed = downloads.load('phi').catch((error: unknown) => error);
    const cause = new RangeError('Too much at once');
    (await loadAt(0)).reject(new DownloadFailure('http', 'Service unavailable', { httpStatus: 503, retryAfter: 4_000, cause }));
    const failure = (await failed) as DownloadFailure;
    expect(failure).to.include({ code: 'http', message: 'Service unavailable', httpStatus: 503, retryAfter: 4_000 });
    expect(failure.cause).to.be.instanceOf(Error).and.include({ name: 'RangeError', message: 'Too much at once' });
    expect(state()).to.include({ failureCode: 'http', error: 'Service unavailable' });
  });

  it('does not confuse the failures of two loads', async () => {
    const { downloads, loadAt } = await workerPage({}, { recovery: 'automatic' });
    const failed = downloads.load('phi').catch((error: unknown) => error);
    (await loadAt(0)).reject(new DownloadFailure('http', 'Service unavailable', { httpStatus: 503 }));
    await failed;
    const broken = downloads.load('phi').catch((error: unknown) => error);
    (await loadAt(1)).reject(new RangeError('odd'));
    expect(await broken).to.include({ code: 'unknown', message: 'odd', httpStatus: undefined });
  });

  it('accepts a failure that cannot be cloned', async () => {
    const { downloads, loadAt } = await workerPage({}, { recovery: 'automatic' });
    const failed = downloads.load('phi').catch((error: unknown) => error);
    const { reject } = await loadAt(0);
    reject(Object.assign(new Error('odd'), { detail: () => undefined }));
    expect(await failed).to.include({ code: 'unknown', message: 'odd' });
  });

  it('cancels immediately, and ignores late states of the worker', async () => {
    const { downloads, loadAt, state, loads } = await workerPage();
    const cancelled = downloads.load('phi').catch((error: unknown) => error);
    const { context } = await loadAt(0);
    context.progress_callback(progress(FILE, MB, 10 * MB));
    downloads.cancel('phi');
    expect(state()?.status).to.equal('cancelled');
    expect(await cancelled).to.include({ name: 'AbortError' });
    await crossed();
    expect(state()?.status).to.equal('cancelled');
    expect(context.signal.aborted, 'in the worker').to.equal(true);
    void downloads.load('phi').catch(() => undefined);
    await crossed();
    expect(loads).to.have.lengthOf(2);
    expect(state()?.status).to.equal('checking');
  });

  it('ignores a state from before its last message', async () => {
    const { downloads, loadAt, state, workers } = await workerPage();
    void downloads.load('phi').catch(() => undefined);
    await loadAt(0);
    const late = { ...workers[0]!.reportedStates('phi').at(-1), status: 'downloading', bytesDownloaded: MB };
    downloads.cancel('phi');
    void downloads.load('phi').catch(() => undefined);
    await crossed();
    workers[0]!.post({ tag: 'model-download/worker-1', kind: 'state', modelKey: 'phi', state: late, isFollowing: false, seen: 1 });
    await crossed();
    expect(state()).to.include({ status: 'checking', bytesDownloaded: 0 });
  });

  it('offers a retry after a failure, and continues in the same worker', async () => {
    const { downloads, loadAt, state, workers } = await workerPage();
    const loaded = downloads.load('phi');
    (await loadAt(0)).reject(new TypeError('Failed to fetch'));
    // The event of a policy may follow.
    await until(() => state()?.status === 'failed');
    expect(state()).to.deep.include({ failureCode: 'network' });
    expect(state()?.can.retry).to.equal(true);
    downloads.retry('phi');
    (await loadAt(1)).resolve('model');
    expect(await loaded).to.equal(workers[0]!.asWorker);
  });

  it('replaces the worker after a failed session, and repeats the other downloads', async () => {
    const { downloads, loadAt, state, workers, loads } = await workerPage();
    const loaded = downloads.load('phi');
    const other = downloads.load('other');
    (await loadAt(0)).reject(new Error('failed to create session'));
    await crossed();
    expect(state()).to.include({ status: 'failed', failureCode: 'runtime', attempt: 0, maxAttempts: 3 });
    expect(state()?.can.retry).to.equal(true);
    expect(workers).to.have.lengthOf(1);
    downloads.retry('phi');
    await crossed();
    expect(workers).to.have.lengthOf(2);
    expect(workers[0]!.isTerminated).to.equal(true);
    for (const { resolve } of loads.slice(2)) resolve('model');
    expect(await loaded).to.equal(workers[1]!.asWorker);
    expect(await other).to.equal(workers[1]!.asWorker);
    expect(loads).to.have.lengthOf(4);
  });

  it('gives up if new workers fail too', async () => {
    const { downloads, loadAt, state, workers } = await workerPage();
    const failed = downloads.load('phi').catch((error: unknown) => error);
    for (let attempt = 0; attempt <= 3; attempt++) {
      (await loadAt(attempt)).reject(new Error('failed to create session'));
      await crossed();
      expect(state()).to.include({ status: 'failed', attempt });
      expect(state()?.can.retry).to.equal(attempt < 3);
      if (attempt < 3) downloads.retry('phi');
    }
    expect(await failed).to.include({ code: 'runtime' });
    expect(workers).to.have.lengthOf(4);
  });

  it('uses the queue of the page', async () => {
    const { downloads, loadAt, loads } = await workerPage({}, { concurrency: 1 });
    void downloads.load('phi').catch(() => undefined);
    const other = downloads.load('other');
    (await loadAt(0)).reject(new Error('failed to create session'));
    expect(loads, 'while the first runs').to.have.lengthOf(1);
    await crossed();
    expect(loads, 'while the user is asked about the first').to.have.lengthOf(2);
    loads[1]!.resolve('model');
    await other;
  });

  it('rejects when the worker cannot be started', async () => {
    const worker = new FakeWorker();
    const failed = new ModelDownloads({ storage: null }).connectWorker(worker.asWorker).catch((error: unknown) => error);
    await crossed();
    worker.fail('Unexpected token');
    expect(await failed).to.include({ code: 'runtime', message: 'The worker could not be started: Unexpected token' });
  });

  it('does not treat a script error as the end of the worker', async () => {
    const { downloads, loadAt, workers } = await workerPage();
    const loaded = downloads.load('phi');
    const { resolve } = await loadAt(0);
    workers[0]!.fail('a bug of the app');
    resolve('model');
    expect(await loaded).to.equal(workers[0]!.asWorker);
  });

  it('waits for a worker that starts to listen late', async () => {
    const worker = new FakeWorker();
    const downloads = new ModelDownloads({ storage: null });
    const connected = downloads.connectWorker(worker.asWorker);
    await crossed();
    worker.expose({ models: { late: { load: () => Promise.resolve('model') } }, transfer: false });
    await connected;
    expect(await downloads.load('late')).to.equal(worker.asWorker);
  });

  it('cancels its downloads when it disconnects', async () => {
    const { downloads, disconnect, loadAt, state } = await workerPage();
    const ended = downloads.load('phi').catch((error: unknown) => error);
    await loadAt(0);
    disconnect();
    expect(await ended).to.include({ name: 'AbortError' });
    expect(state()?.status).to.equal('cancelled');
    expect(await downloads.load('phi').catch((error: unknown) => error)).to.include({ code: 'runtime' });
  });
});
