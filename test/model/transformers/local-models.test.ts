// Pages whose models are on their own server, with addresses that a `<base href>` resolves.
import { expect } from '@open-wc/testing';
import { ModelDownloads } from 'model-download';
import type { TransformersModule } from 'model-download/adapters/transformers';
import { HubScope, hubModel } from '../../support/real-hub.js';
import { RECIPE } from '../../support/real-page.js';
import { fakeLoad, fileUrl, HOST, LISTING, listingOf, MODEL } from '../fake-load.js';

interface Recipe {
  importTransformers(version: number, remoteHost: string): Promise<TransformersModule>;
}

const { importTransformers } = (await import(RECIPE)) as Recipe;
const LOCAL = { allowRemoteModels: false, allowLocalModels: true };

/** Runs something in a page whose relative addresses are those of another folder. */
async function withBase<T>(href: string, run: () => Promise<T>): Promise<T> {
  const base = document.head.appendChild(document.createElement('base'));
  base.href = href;
  return run().finally(() => base.remove());
}

describe('a page without remote models', () => {
  it('requests only its own files, without a delay', async () => {
    for (const version of ['2.17.2', '3.8.1', '4.3.1']) {
      const native = globalThis.fetch;
      const file = new URL(`/models/${MODEL}/onnx/model.onnx`, location.href).href;
      const opened: string[] = [];
      const load = fakeLoad({
        version,
        env: { ...LOCAL, localModelPath: '/models/' },
        server: () => new Response('own'),
        pipeline: (fetch) =>
          (version < '4' ? globalThis.fetch : fetch)(`/models/${MODEL}/onnx/model.onnx`).then((response) => response.text()),
        openFetch: ({ fileOf, lookUp, outlivesLoad }) => {
          // The runtime's file has a download of its own.
          if (!outlivesLoad) opened.push(fileOf(file));
          const download = async (input: string): Promise<Response> => {
            opened.push(input, typeof (await lookUp?.(file)));
            return new Response('downloaded');
          };
          return Promise.resolve(download as never);
        },
      });
      expect(await load.result).to.equal('downloaded');
      expect(opened).to.deep.equal(['onnx/model.onnx', `/models/${MODEL}/onnx/model.onnx`, 'undefined']);
      expect(load.calls).to.deep.equal([]);
      expect(load.env).to.include(LOCAL);
      expect(globalThis.fetch).to.equal(native);
    }
  });

  it('does not estimate a hub’s model of the same name', async () => {
    const asked: string[] = [];
    const fetch = (input: string): Promise<Response> => {
      asked.push(input);
      return Promise.resolve(new Response('[]'));
    };
    const transformers = { env: { version: '4.3.1', remoteHost: HOST, ...LOCAL, fetch }, pipeline: () => Promise.resolve() };
    const downloads = new ModelDownloads({ storage: null, transformers, models: { own: { task: 'fill-mask', model: MODEL } } });
    expect(await downloads.estimate('own')).to.include({ size: undefined, files: undefined });
    expect(asked).to.deep.equal([]);
  });

  it('loads by the real version 4 from its own folder, each file with one request', async () => {
    const scope = new HubScope();
    const id = 'local/tiny-chat';
    const { task, sample, versions } = hubModel(id);
    const { options = {}, files = [] } = versions.v4 ?? {};
    const transformers = await importTransformers(4, 'https://models.example.test/');
    Object.assign(transformers.env, LOCAL);
    const downloads = new ModelDownloads({
      storage: null,
      namespace: scope.remoteHost,
      transformers,
      // A string that is not an id is a path, resolved against the page.
      models: { own: { task, model: `./${id}/resolve/main`, options } },
    });
    const output = await withBase(scope.remoteHost, async () => {
      const run = await downloads.load<(input: string, options: object) => Promise<object[]>>('own');
      return run(sample.input, sample.options);
    });
    expect(output[0]).to.deep.equal(sample.expected);
    const requests = (await scope.requests()).filter(({ status }) => status !== 302);
    expect(requests.map(({ file }) => file).sort()).to.deep.equal([...files.map(({ path }) => path), 'generation_config.json'].sort());
  });
});

describe('a page whose own server is requested first', () => {
  const env = { allowLocalModels: true, localModelPath: '/models/' };
  const server = (url: string): Response | undefined => {
    if (url.startsWith('/models/')) return url.includes('own') ? Response.json({ model_type: 'bert' }) : undefined;
    if (url === LISTING) return listingOf();
    return url === fileUrl('config.json') ? Response.json({ model_type: 'bert' }) : undefined;
  };

  it('does not request a hub for a model that the server has', async () => {
    const load = fakeLoad({ env, server, pipeline: (fetch) => fetch(`/models/${MODEL}/config.json`).then((response) => response.json()) });
    expect(await load.result).to.deep.equal({ model_type: 'bert' });
    expect(load.calls.map(({ url }) => url)).to.deep.equal([`/models/${MODEL}/config.json`]);
  });

  it('reports the plan of a load whose model is on the hub', async () => {
    const load = fakeLoad({ env, server, pipeline: (fetch) => fetch(fileUrl('config.json')) });
    const { files } = await load.event(({ status, files: planned }) => status === 'plan' && (planned as unknown[]).length > 0);
    expect(files).to.have.lengthOf(4);
    expect(load.calls.filter(({ url }) => url === fileUrl('config.json'))).to.have.lengthOf(1);
  });
});

describe('relative addresses of a hub', () => {
  it('are resolved against the page’s base', async () => {
    const taken: string[] = [];
    await withBase(`${HOST}below/`, async () => {
      const load = fakeLoad({
        env: { remoteHost: 'hub/' },
        server: () => new Response(null, { status: 404 }),
        pipeline: (fetch) => fetch(`hub/${MODEL}/resolve/main/onnx/model.onnx`),
        openFetch: ({ fileOf }) => {
          const download = (input: string): Promise<Response> => {
            taken.push(input, fileOf(input));
            return Promise.resolve(new Response());
          };
          return Promise.resolve(download as never);
        },
      });
      await load.result;
      expect(load.calls.map(({ url }) => url)).to.include(`${HOST}below/hub/api/models/${MODEL}/tree/main?recursive=true`);
    });
    expect(taken).to.include.members([`hub/${MODEL}/resolve/main/onnx/model.onnx`, 'onnx/model.onnx']);
  });
});
