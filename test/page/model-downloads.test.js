// ModelDownloads without a page, with loaders that succeed, break and hang.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ModelDownloads } from '../../dist/page/index.js';

const MB = 1_000_000;
const name = 'org/model';

/** A loader that reports one file of `size` bytes in two halves. */
/** @param {unknown} [result] */
function loaderOf(size, result = 'pipeline') {
  return async ({ progress_callback }) => {
    progress_callback({ status: 'initiate', name, file: 'onnx/model.onnx' });
    progress_callback({ status: 'download', name, file: 'onnx/model.onnx' });
    for (const loaded of [size / 2, size]) {
      progress_callback({ status: 'progress', name, file: 'onnx/model.onnx', loaded, total: size });
    }
    progress_callback({ status: 'done', name, file: 'onnx/model.onnx' });
    return result;
  };
}

function downloadsOf(load, options = {}) {
  const files = [{ file: 'onnx/model.onnx', size: 4 * MB }];
  return new ModelDownloads({ storage: null, models: { phi: { name: 'Phi', load, files } }, ...options });
}

function statusesOf(downloads) {
  const statuses = [];
  downloads.subscribe('phi', ({ status }) => {
    if (statuses.at(-1) !== status) statuses.push(status);
  });
  return statuses;
}

describe('ModelDownloads', () => {
  it('goes through the states of a load and ends with its result', async () => {
    const downloads = downloadsOf(loaderOf(4 * MB));
    const statuses = statusesOf(downloads);
    assert.equal(downloads.getState('phi').status, 'idle');
    assert.equal(downloads.getState('phi').totalBytes, 4 * MB);
    assert.equal(await downloads.load('phi'), 'pipeline');
    assert.deepEqual(statuses.slice(0, 2), ['queued', 'checking']);
    assert.deepEqual(statuses.slice(-2), ['preparing', 'completed']);
    assert.equal(downloads.getState('phi').progress, 100);
    assert.equal(downloads.getState('phi').bytesDownloaded, 4 * MB);
  });

  it('shares one load between two callers of a key', async () => {
    let calls = 0;
    const load = loaderOf(4 * MB, { own: true });
    const downloads = downloadsOf((context) => (calls++, load(context)));
    const [first, second] = await Promise.all([downloads.load('phi'), downloads.load('phi')]);
    assert.equal(calls, 1);
    assert.equal(first, second);
  });

  it('shares the load with a listener that joins at its first state', async () => {
    let calls = 0;
    const load = loaderOf(4 * MB);
    const downloads = downloadsOf((context) => (calls++, load(context)));
    let joined;
    downloads.subscribe('phi', ({ status }) => {
      if (status === 'queued') joined = downloads.load('phi');
    });
    assert.equal(await downloads.load('phi'), await joined);
    assert.equal(calls, 1);
  });

  it('detaches only the caller whose signal is aborted', async () => {
    /** @type {(result: unknown) => void} */
    let finish;
    const downloads = downloadsOf(() => new Promise((resolve) => (finish = resolve)));
    const controller = new AbortController();
    const left = downloads.load('phi', { signal: controller.signal });
    const stayed = downloads.load('phi');
    controller.abort();
    await assert.rejects(left, { name: 'AbortError' });
    finish('late');
    assert.equal(await stayed, 'late');
  });

  it('loads again right after a cancel, and after the only caller is detached', async () => {
    const loads = [];
    const downloads = downloadsOf((context) => new Promise((resolve) => loads.push({ context, resolve })));
    const cancelled = assert.rejects(downloads.load('phi'), { name: 'AbortError' });
    downloads.cancel('phi');
    // React's StrictMode mounts a component, unmounts it and mounts it again.
    const controller = new AbortController();
    const unmounted = assert.rejects(downloads.load('phi', { signal: controller.signal }), { name: 'AbortError' });
    controller.abort();
    const result = downloads.load('phi');
    await Promise.all([cancelled, unmounted]);
    loads.at(-1).resolve('pipeline');
    assert.equal(await result, 'pipeline');
    assert.deepEqual(
      loads.map(({ context }) => context.signal.aborted),
      [true, true, false],
    );
    assert.equal(downloads.getState('phi').status, 'completed');
  });

  it('cancels when the last caller is detached', async () => {
    const downloads = downloadsOf(() => new Promise(() => {}));
    const controller = new AbortController();
    const load = downloads.load('phi', { signal: controller.signal });
    controller.abort();
    await assert.rejects(load, { name: 'AbortError' });
    await new Promise(setImmediate);
    assert.equal(downloads.getState('phi').status, 'cancelled');
    assert.equal(downloads.getState('phi').can.retry, true);
  });

  it('asks the user after the automatic attempts, and continues with their retry', async () => {
    let calls = 0;
    const good = loaderOf(4 * MB);
    const load = (context) => (++calls === 1 ? Promise.reject(new TypeError('Failed to fetch')) : good(context));
    const downloads = downloadsOf(load, { automaticAttempts: 0, recovery: 'ask' });
    const result = downloads.load('phi');
    await new Promise((resolve) => downloads.subscribe('phi', ({ status }) => status === 'failed' && resolve()));
    assert.equal(downloads.getState('phi').failureCode, 'network');
    assert.equal(downloads.getState('phi').can.retry, true);
    downloads.retry('phi');
    assert.equal(await result, 'pipeline');
    assert.equal(downloads.getState('phi').status, 'completed');
    assert.equal(downloads.getState('phi').error, undefined);
  });

  it('rejects with the cause without a user to ask', async () => {
    const cause = new TypeError('Failed to fetch');
    const downloads = downloadsOf(() => Promise.reject(cause), { automaticAttempts: 0, recovery: 'automatic' });
    await assert.rejects(downloads.load('phi'), (error) => error === cause);
    assert.equal(downloads.getState('phi').status, 'failed');
    assert.equal(downloads.getState('phi').can.retry, false);
  });

  it('gives up after the attempts of the user', async () => {
    const downloads = downloadsOf(() => Promise.reject(new Error('boom')), { automaticAttempts: 0, recovery: 'ask' });
    const attempts = [];
    downloads.subscribe('phi', ({ status, attempt, can }) => {
      if (status !== 'failed') return;
      attempts.push(attempt);
      if (can.retry) queueMicrotask(() => downloads.retry('phi'));
    });
    await assert.rejects(downloads.load('phi'), { message: 'boom' });
    assert.deepEqual(attempts, [0, 1, 2, 3]);
  });

  it('offers an incomplete download after a reload', async () => {
    const stored = new Map();
    const storage = {
      getItem: (key) => stored.get(key) ?? null,
      setItem: (key, value) => stored.set(key, value),
      removeItem: (key) => stored.delete(key),
    };
    const load = ({ progress_callback }) => {
      progress_callback({ status: 'progress', name, file: 'onnx/model.onnx', loaded: MB, total: 4 * MB });
      return new Promise(() => {});
    };
    const before = downloadsOf(load, { storage });
    before.load('phi').catch(() => undefined);
    await new Promise((resolve) => before.subscribe('phi', ({ status }) => status === 'downloading' && resolve()));
    assert.ok(stored.has('download_state_phi'));
    const after = downloadsOf(loaderOf(4 * MB), { storage });
    assert.equal(after.getState('phi').status, 'paused');
    assert.equal(after.getState('phi').can.resume, true);
    after.resume('phi');
    await after.load('phi');
    assert.equal(after.getState('phi').status, 'completed');
    before.cancel('phi');
  });

  it('checks the values from the storage', () => {
    for (const text of ['', 'null', '{"modelKey":"phi"}', '[1]', '{', '{"modelKey":"phi","modelName":1}']) {
      const storage = { getItem: () => text, setItem() {}, removeItem() {} };
      assert.equal(downloadsOf(loaderOf(1), { storage }).getState('phi').status, 'idle', text);
    }
  });

  it('loads when the storage throws at every call', async () => {
    const fail = () => {
      throw new Error('blocked');
    };
    const downloads = downloadsOf(loaderOf(4 * MB), { storage: { getItem: fail, setItem: fail, removeItem: fail } });
    assert.equal(await downloads.load('phi'), 'pipeline');
  });

  it('falls back from WebGPU where the platform has no navigator', async () => {
    /** @type {any} */
    let given;
    const pipeline = async (_task, _model, options) => void (given = options);
    const downloads = new ModelDownloads({
      storage: null,
      transformers: { env: { version: '4.3.1' }, pipeline },
      models: { chosen: { task: 'text-generation', model: 'org/model', options: { device: 'webgpu' } } },
    });
    await downloads.load('chosen');
    assert.equal(given.device, undefined);
  });

  it('rejects a definition without a loader or a task, and an undefined key', async () => {
    assert.throws(() => new ModelDownloads({ storage: null, models: { bad: /** @type {any} */ ({ name: 'Bad' }) } }), /needs a task/);
    assert.throws(() => new ModelDownloads({ storage: null, models: { bad: { task: 't', model: 'm' } } }), /transformers/);
    await assert.rejects(downloadsOf(loaderOf(1)).load('other'), RangeError);
  });
});
