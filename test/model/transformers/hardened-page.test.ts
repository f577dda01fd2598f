// Pages that have frozen the settings of Transformers.js, or their `fetch`: a load makes no request that a route could not answer.
import { expect } from '@open-wc/testing';
import { stubGlobal } from '../../support/stub-global.js';
import { fakeLoad, fileUrl, HOST, LISTING, listingOf, MODEL, type Server } from '../fake-load.js';

const CDN = 'https://cdn.example/';
const CONFIG = fileUrl('config.json');
const PROBE = { headers: { Range: 'bytes=0-0' }, cache: 'no-store' } as const;

const hub: Server = (url) => {
  if (url === LISTING) return listingOf();
  return url === CONFIG ? Response.json({ model_type: 'bert' }) : undefined;
};

/** A transfer layer that only passes on. */
const openFetch = (origin: { fetch?: unknown }) => Promise.resolve(origin.fetch as never);

/** Replaces `fetch` by one that answers for the hub, and cannot be replaced itself. */
function fixFetch(): { readonly requests: string[]; readonly restore: () => void } {
  const requests: string[] = [];
  const value = async (input: string): Promise<Response> => {
    requests.push(input);
    return (await hub(input)) ?? new Response(null, { status: 404 });
  };
  return { requests, restore: stubGlobal('fetch', { value, writable: false }) };
}

describe('a page with a read-only fetch', () => {
  for (const version of ['2.17.2', '3.8.1']) {
    it(`has only the requests of version ${version} itself`, async () => {
      const { requests, restore } = fixFetch();
      const wasm = { wasmPaths: CDN, numThreads: 1 };
      const load = fakeLoad({
        version,
        server: hub,
        env: { fetch: undefined, backends: { onnx: { wasm } } },
        openFetch,
        pipeline: async () => {
          await (await globalThis.fetch(CONFIG)).json();
          // Time for requests of the plan.
          await new Promise((resolve) => setTimeout(resolve, 100));
          return 'loaded';
        },
      });
      const result = await load.result.finally(restore);
      expect(result).to.equal('loaded');
      expect(requests).to.deep.equal([CONFIG]);
    });
  }
});

describe('a page with frozen settings', () => {
  it('loads by version 2, whose allowLocalModels stays as it is', async () => {
    const { fetch } = globalThis;
    const load = fakeLoad({
      version: '2.17.2',
      server: hub,
      env: { allowLocalModels: true },
      isFrozen: true,
      openFetch,
      pipeline: () => Promise.resolve('loaded'),
    });
    expect(await load.result).to.equal('loaded');
    expect(load.env).to.include({ allowLocalModels: true });
    expect(globalThis.fetch).to.equal(fetch);
  });

  it('has only the requests of version 4 itself', async () => {
    const load = fakeLoad({
      server: hub,
      isFrozen: true,
      openFetch,
      pipeline: async (fetch) => {
        await (await fetch(CONFIG)).json();
        await fetch(fileUrl('tokenizer_config.json'), PROBE);
        await new Promise((resolve) => setTimeout(resolve, 100));
        return 'loaded';
      },
    });
    expect(await load.result).to.equal('loaded');
    expect(load.calls.map(({ url }) => url)).to.deep.equal([CONFIG, fileUrl('tokenizer_config.json')]);
  });

  it('ends a load without an error if they are frozen meanwhile, and passes its requests on', async () => {
    const load = fakeLoad({
      server: hub,
      pipeline: async (fetch) => {
        await (await fetch(CONFIG)).json();
        Object.freeze(load.env);
        return 'loaded';
      },
    });
    expect(await load.result).to.equal('loaded');
    const response = await load.env.fetch(`${HOST}${MODEL}/other`);
    expect(response.status).to.equal(404);
  });
});
