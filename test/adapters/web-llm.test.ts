// By the texts of @mlc-ai/web-llm 0.2.86, in the order of its source. test/adapters/web-llm-sentences.test.js checks that the
// installed package still has them; test/package/types/web-llm.ts checks the types.
import { expect } from '@open-wc/testing';
import { webLlmLoader, type WebLlmCallback, type WebLlmLoaderOptions } from 'model-download/adapters/web-llm';
import { deferred } from '../support/deferred.js';
import { runLoader } from '../support/run-loader.js';

async function started(settings?: WebLlmLoaderOptions) {
  const engine = deferred<string>();
  const called = deferred<{ callback: WebLlmCallback; signal: AbortSignal }>();
  const run = runLoader(
    webLlmLoader((callback, signal) => {
      called.resolve({ callback, signal });
      return engine.promise;
    }, settings),
  );
  const { callback, signal } = await called.promise;
  const report = (text: string, progress: number): void => callback({ text, progress, timeElapsed: 1 });
  return { ...run, engine, signal, report };
}

describe('webLlmLoader', () => {
  it('reports a percentage, but neither bytes nor a speed, during the download', async () => {
    const { report, shown } = await started();
    report('Start to fetch params', 0);
    expect(shown()).to.include({ status: 'downloading', progress: 0 });
    report('Fetching param cache[4/10]: 40MB fetched.', 0.4);
    const state = shown();
    expect(state).to.include({ status: 'downloading', progress: 40, bytesDownloaded: undefined, totalBytes: undefined, speed: undefined });
    expect(state.can).to.include({ pause: false, cancel: true });
  });

  it('is preparing, with a full bar, while the model starts', async () => {
    const { report, shown, engine, result } = await started();
    report('Fetching param cache[9/10]', 0.9);
    report('Fetching param cache[10/10]', 1);
    for (const share of [0.1, 0.6, 1]) {
      report('Loading model from cache[1/10]', share);
      expect(shown()).to.include({ status: 'preparing', progress: 100 });
    }
    report('Finish loading on WebGPU', 1);
    engine.resolve('engine');
    expect(await result).to.equal('engine');
    expect(shown()).to.include({ status: 'completed', progress: 100, totalBytes: undefined });
  });

  it('reports no download for a cached model', async () => {
    const { report, shown } = await started();
    report('Start to fetch params', 0);
    report('Loading model from cache[3/10]', 0.3);
    expect(shown()).to.include({ status: 'preparing', progress: undefined });
  });

  it('reports no download from the beginning if isCached resolves with true', async () => {
    const { report, shown } = await started({ isCached: () => Promise.resolve(true) });
    report('Start to fetch params', 0);
    expect(shown()).to.include({ status: 'preparing', progress: undefined });
    report('Fetching param cache[9/10]', 0.9);
    expect(shown().status, 'a shard was missing').to.equal('downloading');
  });

  it('is downloading again, without a percentage, for the next model', async () => {
    const { report, shown, engine, result } = await started();
    const loadOne = (): void => {
      report('Loading model from cache[10/10]', 1);
      report('Loading GPU shader modules[7/70]', 0.1);
      report('Finish loading on WebGPU - test', 1);
    };
    report('Start to fetch params', 0);
    report('Fetching param cache[10/10]', 1);
    loadOne();
    expect(shown()).to.include({ status: 'preparing', progress: 100 });
    report('Start to fetch params', 0);
    expect(shown()).to.include({ status: 'downloading', progress: undefined });
    report('Fetching param cache[1/4]', 0.25);
    expect(shown()).to.include({ status: 'downloading', progress: undefined, timeRemaining: undefined });
    loadOne();
    expect(shown()).to.include({ status: 'preparing', progress: undefined });
    engine.resolve('engine');
    await result;
    expect(shown()).to.include({ status: 'completed', progress: 100 });
  });

  it('detects the start by a falling share if the texts are unknown', async () => {
    const { report, shown } = await started();
    report('…', 0.9);
    report('…', 0.1);
    expect(shown()).to.include({ status: 'preparing', progress: 100 });
  });

  it('rejects if WebLLM resolves after an abort', async () => {
    const { task, result, signal, engine } = await started();
    task.cancel();
    engine.resolve('engine');
    expect(await result.catch(String)).to.contain('AbortError');
    expect(signal.aborted).to.equal(true);

    const controller = new AbortController();
    const load = webLlmLoader(() => {
      controller.abort(new Error('stopped'));
      return Promise.resolve('engine');
    });
    const context = {
      progress_callback: () => undefined,
      report: () => undefined,
      signal: controller.signal,
      recover: () => Promise.resolve(),
      fetch,
    };
    expect(await load(context).catch(String)).to.equal('Error: stopped');
  });
});
