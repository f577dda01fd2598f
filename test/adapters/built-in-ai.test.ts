// Against the contract of the Writing Assistance APIs, by which shares are of 1 and 0 and 1 always
// come: no browser of the tests brings a model. That its types fit is in test/package/types/built-in-ai.ts.
import { expect } from '@open-wc/testing';
import { builtInAiLoader, type BuiltInAiLoaderOptions, type BuiltInAiOptions } from 'model-download/adapters/built-in-ai';
import { deferred } from '../support/deferred.js';
import { runLoader } from '../support/run-loader.js';

async function started(settings?: BuiltInAiLoaderOptions) {
  const called = deferred<BuiltInAiOptions>();
  const session = deferred<string>();
  const run = runLoader(
    builtInAiLoader((options) => {
      called.resolve(options);
      return session.promise;
    }, settings),
  );
  const { monitor, signal } = await called.promise;
  const target = new EventTarget();
  monitor(target);
  const say = (loaded: number, total = 1): boolean => target.dispatchEvent(new ProgressEvent('downloadprogress', { loaded, total }));
  return { ...run, say, signal, session };
}

describe('a model that the browser brings', () => {
  it('has a percentage and no bytes', async () => {
    const { say, shown } = await started();
    say(0);
    expect(shown()).to.include({ status: 'downloading', progress: 0 });
    say(0.25);
    const state = shown();
    expect(state).to.include({ status: 'downloading', progress: 25, bytesDownloaded: 0, totalBytes: undefined, speed: undefined });
    expect(state.can).to.include({ pause: false, cancel: true });
  });

  it('has the same percentage where an older browser tells bytes', async () => {
    const { say, shown } = await started();
    say(25_000_000, 100_000_000);
    expect(shown()).to.include({ progress: 25, bytesDownloaded: 0, totalBytes: undefined });
  });

  it('is prepared from the last share until there is a session', async () => {
    const { say, shown, session, result } = await started({ availability: () => Promise.resolve('downloadable') });
    say(0.5);
    say(1);
    expect(shown()).to.include({ status: 'preparing', progress: 100 });
    session.resolve('session');
    expect(await result).to.equal('session');
    expect(shown().status).to.equal('completed');
  });

  it('shows no download where it is here already', async () => {
    const { say, shown } = await started({ availability: () => Promise.resolve('available') });
    say(0);
    expect(shown()).to.include({ status: 'preparing', progress: undefined });
    say(1);
    expect(shown()).to.include({ status: 'preparing', progress: undefined });
  });

  it('hands on the signal of a cancel', async () => {
    const { signal, task, result } = await started();
    task.cancel();
    await result.catch(() => undefined);
    expect(signal.aborted).to.equal(true);
  });
});
