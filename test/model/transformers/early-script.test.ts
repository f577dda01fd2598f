import { expect } from 'chai';
import type { FetchLike } from 'model-download/core';
import { isRuntimeScriptRequested, startRuntimeScript, takeRuntimeScript } from '#dist/model/transformers/early-script.js';
import { settle } from '../../support/fake-clock.js';
import { until } from '../../support/until.js';

const CDN = 'https://cdn.example/dist/';
const SCRIPT = `${CDN}ort.mjs`;
const NAME = 'early-script-test';

/** A module of version 4, and the requests of its script that the server receives. */
function moduleWith(more: object = {}, respond: () => Promise<Response> = () => Promise.resolve(new Response('code'))) {
  const requests: { readonly url: string; readonly signal: AbortSignal | null | undefined }[] = [];
  const fetch: FetchLike = (input, init) => {
    requests.push({ url: input as string, signal: init?.signal });
    return respond();
  };
  const wasm = { wasmPaths: { mjs: SCRIPT, wasm: `${CDN}ort-wasm-simd-threaded.asyncify.wasm` } };
  const env = { version: '4.3.1', useBrowserCache: true, cacheKey: NAME, fetch, backends: { onnx: { wasm } }, ...more };
  const transformers = { env, pipeline: () => Promise.resolve(undefined) };
  return {
    requests,
    transformers,
    start: () => startRuntimeScript(transformers),
    isRequested: () => isRuntimeScriptRequested(transformers, SCRIPT),
    take: (init?: RequestInit, input: RequestInfo | URL = SCRIPT, url = SCRIPT) => takeRuntimeScript(transformers, url, input, init),
  };
}

describe('the early request for the script of the runtime', () => {
  afterEach(() => caches.delete(NAME));

  it('is taken once by the same request, and its file counts as missing until then', async () => {
    const { start, take, isRequested, requests } = moduleWith();
    const stop = start();
    await until(isRequested);
    const response = await take();
    expect(response?.headers.get('Content-Length'), 'for the cache').to.equal('4');
    expect(await response?.text()).to.equal('code');
    expect([isRequested(), await take()]).to.deep.equal([false, undefined]);
    stop();
    expect(requests.map(({ url }) => url)).to.deep.equal([SCRIPT]);
  });

  for (const { what, env } of [
    { what: 'in version 3', env: { version: '3.8.1' } },
    { what: 'if the runtime imports its script itself', env: { useWasmCache: false } },
    {
      what: 'if the page has replaced the script by a blob',
      env: { backends: { onnx: { wasm: { wasmPaths: { mjs: 'blob:x', wasm: 'a' } } } } },
    },
    { what: 'if the settings cannot be changed, so that the response could not be passed on', env: { fetch: undefined } },
  ]) {
    it(`is not made ${what}`, async () => {
      const { start, isRequested, requests, transformers } = moduleWith(env);
      if (!transformers.env.fetch)
        Object.assign(transformers, { env: Object.freeze({ ...transformers.env, fetch: () => Promise.reject(new Error()) }) });
      start();
      await new Promise((resolve) => setTimeout(resolve));
      await settle();
      expect([isRequested(), requests.length]).to.deep.equal([false, 0]);
    });
  }

  it('is not made for a stored script', async () => {
    await (await caches.open(NAME)).put(SCRIPT, new Response('stored'));
    const { start, isRequested, requests } = moduleWith();
    start();
    await caches.match(SCRIPT);
    await new Promise((resolve) => setTimeout(resolve));
    expect([isRequested(), requests.length]).to.deep.equal([false, 0]);
  });

  for (const [what, init, input, url] of [
    ['headers', { headers: { 'X-Own': '1' } }, SCRIPT, SCRIPT],
    ['credentials', { credentials: 'include' }, SCRIPT, SCRIPT],
    ['address', {}, `${CDN}other.mjs`, `${CDN}other.mjs`],
    ['type', {}, new Request(SCRIPT), SCRIPT],
  ] as const) {
    it(`is not taken by a request with another ${what}`, async () => {
      const { start, take, isRequested } = moduleWith();
      start();
      await until(isRequested);
      expect(await take(init, input, url)).to.equal(undefined);
    });
  }

  for (const [what, respond] of [
    ['is refused', () => Promise.resolve(new Response('busy', { status: 429 }))],
    ['fails', () => Promise.reject(new TypeError('Failed to fetch'))],
    [
      'breaks',
      () => Promise.resolve(new Response(new ReadableStream({ start: (stream) => stream.error(new TypeError('network error')) }))),
    ],
  ] as const) {
    it(`leaves the request to the runtime if it ${what}`, async () => {
      const { start, take, isRequested } = moduleWith({}, respond);
      start();
      await until(isRequested);
      expect(await take()).to.equal(undefined);
    });
  }

  it('ends with its load, and the next load makes another', async () => {
    const { start, take, isRequested, requests } = moduleWith({}, () => new Promise(() => undefined));
    const stop = start();
    await until(isRequested);
    stop();
    expect(requests[0]?.signal?.aborted).to.equal(true);
    expect([isRequested(), await take()]).to.deep.equal([false, undefined]);
    start()();
    await new Promise((resolve) => setTimeout(resolve));
    expect(requests).to.have.lengthOf(1);
    start();
    await until(isRequested);
    expect(requests).to.have.lengthOf(2);
  });

  it('is made once for two loads', async () => {
    const { start, take, isRequested, requests } = moduleWith();
    start();
    const stop = start();
    await until(isRequested);
    stop();
    expect(await (await take())?.text()).to.equal('code');
    expect(requests).to.have.lengthOf(1);
  });
});
