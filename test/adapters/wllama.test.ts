// Against the contract of @wllama/wllama 3.13.0. The real package with a real model is in
// test/e2e/runtimes/wllama.test.js, and that its types fit in test/package/types/wllama.ts.
import { expect } from '@open-wc/testing';
import { wllamaLoader, type WllamaOptions } from 'model-download/adapters/wllama';
import { deferred } from '../support/deferred.js';
import { runLoader } from '../support/run-loader.js';

const MB = 1_000_000;

async function started() {
  const called = deferred<WllamaOptions>();
  const model = deferred<string>();
  const run = runLoader(
    wllamaLoader((options) => {
      called.resolve(options);
      return model.promise;
    }),
  );
  return { ...run, ...(await called.promise), model };
}

describe('wllamaLoader', () => {
  it('reports bytes, a percentage and a speed', async () => {
    const { progressCallback, clock, shown } = await started();
    progressCallback({ loaded: 0, total: 100 * MB });
    for (let step = 1; step <= 20; step++) {
      clock.advance(250);
      progressCallback({ loaded: step * MB, total: 100 * MB });
    }
    const state = shown();
    expect(state).to.include({ status: 'downloading', progress: 20, bytesDownloaded: 20 * MB, totalBytes: 100 * MB });
    expect(state.speed).to.be.greaterThan(MB);
    expect(state.can.pause).to.equal(false);
  });

  it('reports bytes but no percentage while the total is 0', async () => {
    const { progressCallback, shown } = await started();
    progressCallback({ loaded: 3 * MB, total: 0 });
    expect(shown()).to.include({ status: 'downloading', progress: undefined, bytesDownloaded: 3 * MB, totalBytes: undefined });
  });

  it('hides the percentage when more bytes than the total arrive', async () => {
    const { progressCallback, shown } = await started();
    progressCallback({ loaded: 3 * MB, total: 4 * MB });
    progressCallback({ loaded: 5 * MB, total: 4 * MB });
    expect(shown()).to.include({ status: 'downloading', progress: undefined, bytesDownloaded: 5 * MB });
  });

  it('is preparing after the last byte', async () => {
    const { progressCallback, shown, model, result } = await started();
    progressCallback({ loaded: MB, total: 4 * MB });
    progressCallback({ loaded: 4 * MB, total: 4 * MB });
    expect(shown()).to.include({ status: 'preparing', progress: 100 });
    model.resolve('model');
    expect(await result).to.equal('model');
    expect(shown().status).to.equal('completed');
  });

  it('counts a cached model as read from this device', async () => {
    const { progressCallback, task, shown } = await started();
    progressCallback({ loaded: 4 * MB, total: 4 * MB });
    shown();
    expect(task.aggregate).to.include({ bytesFromCache: 4 * MB, bytesFromNetwork: 0 });
  });

  it('aborts the signal on a cancel', async () => {
    const { signal, task, result } = await started();
    task.cancel();
    await result.catch(() => undefined);
    expect(signal.aborted).to.equal(true);
  });
});
