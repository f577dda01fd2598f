// Against the typed contract and the sentences of @mlc-ai/web-llm 0.2.86: the package needs WebGPU and a model.
import { expect } from '@open-wc/testing';
import { webLlmLoader, type WebLlmCallback } from 'model-download/adapters/web-llm';
import { deferred } from '../support/deferred.js';
import { runLoader } from './run-loader.js';

async function started() {
  const engine = deferred<string>();
  const called = deferred<{ callback: WebLlmCallback; signal: AbortSignal }>();
  const run = runLoader(
    webLlmLoader((callback, signal) => {
      called.resolve({ callback, signal });
      return engine.promise;
    }),
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

  it('shows no download when it is read from its cache', async () => {
    const { say, shown } = await started();
    say('Loading model from cache[3/10]', 0.3);
    expect(shown()).to.include({ status: 'preparing', progress: undefined });
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
    const context = { progress_callback: () => undefined, signal: controller.signal, recover: () => Promise.resolve(), fetch };
    expect(await load(context).catch(String)).to.equal('Error: stopped');
  });
});
