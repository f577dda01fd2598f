// By the specification of the Writing Assistance APIs, in which the total is 1, and 0 and 1 are always reported: no browser
// of the tests has a model. The types are tested in test/package/types/built-in-ai.ts.
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
  const report = (loaded: number, total = 1): boolean => target.dispatchEvent(new ProgressEvent('downloadprogress', { loaded, total }));
  return { ...run, report, signal, session };
}

describe('builtInAiLoader', () => {
  it('reports a percentage and no bytes', async () => {
    const { report, shown } = await started();
    report(0);
    expect(shown()).to.include({ status: 'downloading', progress: 0 });
    report(0.25);
    const state = shown();
    expect(state).to.include({ status: 'downloading', progress: 25, bytesDownloaded: undefined, totalBytes: undefined, speed: undefined });
    expect(state.can).to.include({ pause: false, cancel: true });
  });

  it('reports the same percentage if an older browser reports bytes', async () => {
    const { report, shown } = await started();
    report(25_000_000, 100_000_000);
    expect(shown()).to.include({ progress: 25, bytesDownloaded: undefined, totalBytes: undefined });
  });

  it('is preparing from the last share until the session exists', async () => {
    const { report, shown, session, result } = await started({ availability: () => Promise.resolve('downloadable') });
    report(0.5);
    report(1);
    expect(shown()).to.include({ status: 'preparing', progress: 100 });
    session.resolve('session');
    expect(await result).to.equal('session');
    expect(shown().status).to.equal('completed');
  });

  it('reports no download for an available model', async () => {
    const { report, shown } = await started({ availability: () => Promise.resolve('available') });
    report(0);
    expect(shown()).to.include({ status: 'preparing', progress: undefined });
    report(1);
    expect(shown()).to.include({ status: 'preparing', progress: undefined });
  });

  it('aborts the signal on a cancel', async () => {
    const { signal, task, result } = await started();
    task.cancel();
    await result.catch(() => undefined);
    expect(signal.aborted).to.equal(true);
  });
});
