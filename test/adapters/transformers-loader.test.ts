import { expect } from '@open-wc/testing';
import { createTransformersLoader, type ModelLoaderContext } from 'model-download/adapters/transformers';
import { createDownloadFetch, type DownloadFetch } from 'model-download/transfer';
import { deferred } from './run-loader.js';

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
