import { expect } from '@open-wc/testing';
import { createTransformersLoader, type ModelLoaderContext } from 'model-download/adapters/transformers';
import { createDownloadFetch, type DownloadFetch } from 'model-download/transfer';
import { deferred } from '../../support/deferred.js';

describe('a load that is cancelled while it opens', () => {
  it('starts no pipeline, and leaves the requests of the next one alone', async () => {
    let pipelines = 0;
    const remoteHost = 'https://hub.example/';
    const original = (): Promise<Response> => Promise.resolve(new Response(null, { status: 404 }));
    const env = { version: '4.0.0', remoteHost, fetch: original };
    const transformers = { env, pipeline: () => Promise.resolve(++pipelines) };
    const [asked, opening] = [deferred<undefined>(), deferred<DownloadFetch>()];
    const controller = new AbortController();
    const context: ModelLoaderContext = {
      progress_callback: () => undefined,
      report: () => undefined,
      signal: controller.signal,
      recover: (cause) => Promise.reject(cause),
      fetch: original,
      openFetch: () => {
        asked.resolve(undefined);
        return opening.promise;
      },
    };
    const load = createTransformersLoader({ task: 'text-generation', model: 'own/model' }, transformers)(context);
    const reason = new Error('cancelled');
    await asked.promise;
    controller.abort(reason);
    opening.resolve(createDownloadFetch({ fetch: original }));
    expect(await load.catch((error: unknown) => error)).to.equal(reason);
    expect(pipelines).to.equal(0);
    expect(env.fetch).to.equal(original);
  });
});

describe('a load that is cancelled while the pipeline runs', () => {
  it('lets it ask for no further file', async () => {
    const called = deferred<(event: unknown) => void>();
    const transformers = {
      env: { version: '4.0.0', remoteHost: 'https://hub.example/', fetch: () => Promise.resolve(new Response(null, { status: 404 })) },
      pipeline: (_task: string, _model: string, { progress_callback }: { progress_callback: (event: unknown) => void }) => {
        called.resolve(progress_callback);
        return new Promise(() => undefined);
      },
    };
    const told: unknown[] = [];
    const controller = new AbortController();
    const context: ModelLoaderContext = {
      progress_callback: (event) => told.push(event),
      report: (signal) => told.push(signal),
      signal: controller.signal,
      recover: (cause) => Promise.reject(cause),
      fetch: transformers.env.fetch,
    };
    const load = createTransformersLoader({ task: 'text-generation', model: 'own/model' }, transformers)(context);
    const tell = await called.promise;
    const first = { status: 'initiate', name: 'own/model', file: 'config.json' };
    tell(first);
    const reason = new Error('cancelled');
    controller.abort(reason);
    expect(() => tell({ ...first, file: 'onnx/model.onnx' })).to.throw('cancelled');
    expect(told.at(-1)).to.equal(first);
    expect(await load.catch((error: unknown) => error), 'also where Transformers.js never settles').to.equal(reason);
  });
});
