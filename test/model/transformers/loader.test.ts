import { expect } from '@open-wc/testing';
import { createTransformersLoader, type ModelLoaderContext } from 'model-download/adapters/transformers';
import { createDownloadFetch, type DownloadFetch } from 'model-download/transfer';
import { deferred } from '../../support/deferred.js';

describe('createTransformersLoader: a cancel before the pipeline runs', () => {
  it('starts no pipeline and leaves no route behind', async () => {
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

describe('createTransformersLoader: a cancel while the pipeline runs', () => {
  it('stops further requests and rejects with the reason', async () => {
    const called = deferred<(event: unknown) => void>();
    const transformers = {
      env: { version: '4.0.0', remoteHost: 'https://hub.example/', fetch: () => Promise.resolve(new Response(null, { status: 404 })) },
      pipeline: (_task: string, _model: string, { progress_callback }: { progress_callback: (event: unknown) => void }) => {
        called.resolve(progress_callback);
        return new Promise(() => undefined);
      },
    };
    const received: unknown[] = [];
    const controller = new AbortController();
    const context: ModelLoaderContext = {
      progress_callback: (event) => received.push(event),
      report: (signal) => received.push(signal),
      signal: controller.signal,
      recover: (cause) => Promise.reject(cause),
      fetch: transformers.env.fetch,
    };
    const load = createTransformersLoader({ task: 'text-generation', model: 'own/model' }, transformers)(context);
    const report = await called.promise;
    const first = { status: 'initiate', name: 'own/model', file: 'config.json' };
    report(first);
    const reason = new Error('cancelled');
    controller.abort(reason);
    expect(() => report({ ...first, file: 'onnx/model.onnx' })).to.throw('cancelled');
    expect(received.at(-1)).to.equal(first);
    expect(await load.catch((error: unknown) => error), 'even if Transformers.js never settles').to.equal(reason);
  });
});

describe('createTransformersLoader: the list of files of version 4', () => {
  for (const [options, isPassedOn] of [
    [{}, true],
    [{ revision: 'main' }, true],
    [{ revision: 'v2' }, false],
    [{ subfolder: 'weights' }, false],
    [{ model_file_name: 'small' }, false],
    [{ use_external_data_format: true }, false],
  ] as const) {
    it(`is ${isPassedOn ? 'used' : 'ignored, since it would be that of another load'}, with ${JSON.stringify(options)}`, async () => {
      const received: unknown[] = [];
      const transformers = {
        env: { version: '4.0.0', remoteHost: 'https://hub.example/', fetch: () => Promise.resolve(new Response(null, { status: 404 })) },
        pipeline: (_task: string, _model: string, { progress_callback }: { progress_callback: (event: unknown) => void }) => {
          progress_callback({ status: 'progress_total', name: 'own/model', files: {} });
          return Promise.resolve('usable');
        },
      };
      const context: ModelLoaderContext = {
        progress_callback: (event) => received.push(event),
        report: () => undefined,
        signal: new AbortController().signal,
        recover: (cause) => Promise.reject(cause),
        fetch: transformers.env.fetch,
      };
      const definition = { task: 'text-generation', model: 'own/model', options };
      expect(await createTransformersLoader(definition, transformers)(context)).to.equal('usable');
      expect(received.some((event) => (event as { status?: string }).status === 'progress_total')).to.equal(isPassedOn);
    });
  }
});
