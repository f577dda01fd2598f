// Against the sentences of @mlc-ai/web-llm 0.2.86 in the order in which its source says them: a load
// of its own needs WebGPU and a library compiled for the model, which are not to be had here. That the
// package still says them is in test/adapters/web-llm-sentences.test.js, that its types fit in
// test/package/types/web-llm.ts, and a cancel of the real engine in test/e2e/runtimes/web-llm.test.js.
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
  const say = (text: string, progress: number): void => callback({ text, progress, timeElapsed: 1 });
  return { ...run, engine, signal, say };
}

describe('a model of WebLLM', () => {
  it('has a percentage, and neither bytes nor a speed, while it is fetched', async () => {
    const { say, shown } = await started();
    say('Start to fetch params', 0);
    expect(shown()).to.include({ status: 'downloading', progress: 0 });
    say('Fetching param cache[4/10]: 40MB fetched.', 0.4);
    const state = shown();
    expect(state).to.include({ status: 'downloading', progress: 40, bytesDownloaded: 0, totalBytes: undefined, speed: undefined });
    expect(state.can).to.include({ pause: false, cancel: true });
  });

  it('is prepared, with a bar that stays full, during its second run', async () => {
    const { say, shown, engine, result } = await started();
    say('Fetching param cache[9/10]', 0.9);
    say('Fetching param cache[10/10]', 1);
    for (const share of [0.1, 0.6, 1]) {
      say('Loading model from cache[1/10]', share);
      expect(shown()).to.include({ status: 'preparing', progress: 100 });
    }
    say('Finish loading on WebGPU', 1);
    engine.resolve('engine');
    expect(await result).to.equal('engine');
    expect(shown()).to.include({ status: 'completed', progress: 100, totalBytes: undefined });
  });

  it('has had no download when it was read from its cache', async () => {
    const { say, shown } = await started();
    say('Start to fetch params', 0);
    say('Loading model from cache[3/10]', 0.3);
    expect(shown()).to.include({ status: 'preparing', progress: undefined });
  });

  it('shows no download from the beginning, where the page knows that it is in the cache', async () => {
    const { say, shown } = await started({ isCached: () => Promise.resolve(true) });
    say('Start to fetch params', 0);
    expect(shown()).to.include({ status: 'preparing', progress: undefined });
    say('Fetching param cache[9/10]', 0.9);
    expect(shown().status, 'a shard was missing').to.equal('downloading');
  });

  it('is downloading again, without a percentage, when another one follows', async () => {
    const { say, shown, engine, result } = await started();
    const loadOne = (): void => {
      say('Loading model from cache[10/10]', 1);
      say('Loading GPU shader modules[7/70]', 0.1);
      say('Finish loading on WebGPU - test', 1);
    };
    say('Start to fetch params', 0);
    say('Fetching param cache[10/10]', 1);
    loadOne();
    expect(shown()).to.include({ status: 'preparing', progress: 100 });
    say('Start to fetch params', 0);
    expect(shown()).to.include({ status: 'downloading', progress: undefined });
    say('Fetching param cache[1/4]', 0.25);
    expect(shown()).to.include({ status: 'downloading', progress: undefined, timeRemaining: undefined });
    loadOne();
    expect(shown()).to.include({ status: 'preparing', progress: undefined });
    engine.resolve('engine');
    await result;
    expect(shown()).to.include({ status: 'completed', progress: 100 });
  });

  it('is known to be in its second run by its share, where the words are others', async () => {
    const { say, shown } = await started();
    say('…', 0.9);
    say('…', 0.1);
    expect(shown()).to.include({ status: 'preparing', progress: 100 });
  });

  it('does not count as loaded when WebLLM resolves although it was stopped', async () => {
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
