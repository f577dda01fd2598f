import { expect } from 'chai';
import type { TransformersModule } from 'model-download/adapters/transformers';
import type { DownloadFetch } from 'model-download/transfer';
import { canKeepFiles } from '#dist/model/transformers/runtime-cache.js';
import {
  noteRuntimeArrived,
  noteRuntimeRequested,
  startRuntimeFile,
  stopRuntimeFile,
  takeRuntimeFile,
  yieldingFetch,
  type EarlyRequest,
} from '#dist/model/transformers/early-runtime.js';
import { FakeClock, settle } from '../../support/fake-clock.js';
import { rejectionOf } from '../../support/rejection-of.js';
import { stubGlobal } from '../../support/stub-global.js';

const CDN = 'https://cdn.example/dist/';
const FILE = `${CDN}ort-wasm-simd-threaded.jsep.wasm`;

/** A module of version 3, and the early requests that are made for it. */
function moduleWith(wasm: object = { wasmPaths: CDN }, respond = () => Promise.resolve(new Response('code'))) {
  const transformers = { env: { version: '3.8.1', backends: { onnx: { wasm } } }, pipeline: () => Promise.resolve() } as TransformersModule;
  const requests: { readonly url: string; readonly signal: AbortSignal | null | undefined }[] = [];
  const preload = (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    requests.push({ url: input as string, signal: init?.signal });
    return respond();
  };
  const clock = new FakeClock();
  const begin = (): EarlyRequest | undefined => startRuntimeFile(transformers, { preload } as unknown as DownloadFetch, clock);
  const start = (): (() => void) => {
    const early = begin();
    return () => early?.stop();
  };
  const take = (url = FILE, init?: RequestInit, input: RequestInfo | URL = url): Promise<Response | undefined> => {
    noteRuntimeRequested(transformers, FILE);
    return takeRuntimeFile(transformers, url, input, init);
  };
  return { begin, start, take, requests, transformers, clock };
}

describe('the early request for the file of the runtime', () => {
  for (const init of [undefined, { credentials: 'same-origin' }, { method: 'GET', signal: null }] as const) {
    it(`is taken by a request with ${JSON.stringify(init) ?? 'no settings'}`, async () => {
      const { start, take, requests } = moduleWith();
      const stop = start();
      expect(await (await take(FILE, init))?.text()).to.equal('code');
      stop();
      expect(requests.map(({ url, signal }) => [url, signal?.aborted])).to.deep.equal([[FILE, false]]);
      expect(await take(), 'a second request').to.equal(undefined);
    });
  }

  for (const [name, url, init, input] of [
    ['other credentials', FILE, { credentials: 'include' }, FILE],
    ['headers', FILE, { headers: { 'X-Own': '1' } }, FILE],
    ['an integrity', FILE, { integrity: 'sha256-AA==' }, FILE],
    ['another address', `${CDN}other/ort.wasm`, {}, `${CDN}other/ort.wasm`],
    ['a Request', FILE, {}, new Request(FILE)],
  ] as const) {
    it(`is stopped by a request with ${name}, which is made itself`, async () => {
      const { start, take, requests } = moduleWith();
      start();
      await canKeepFiles();
      expect(await take(url, init, input)).to.equal(undefined);
      expect(requests.map(({ signal }) => signal?.aborted)).to.deep.equal([true]);
    });
  }

  it('is stopped if the load ends without it', async () => {
    const { start, take, requests } = moduleWith();
    const stop = start();
    await canKeepFiles();
    stop();
    expect(requests.map(({ signal }) => signal?.aborted)).to.deep.equal([true]);
    expect(await take()).to.equal(undefined);
  });

  it('is left to the next attempt, which makes none and stops it at its end', async () => {
    const { begin, take, requests, clock } = moduleWith();
    const early = begin();
    await canKeepFiles();
    expect(begin(), 'another load meanwhile').to.equal(undefined);
    early?.leave(true);
    clock.advance(59_000);
    const next = begin();
    clock.advance(60_000);
    expect(requests.map(({ signal }) => signal?.aborted)).to.deep.equal([false]);
    next?.leave(false);
    expect(requests.map(({ signal }) => signal?.aborted)).to.deep.equal([true]);
    expect(await take()).to.equal(undefined);
  });

  it('is taken by the runtime that the next attempt starts', async () => {
    const { begin, take, requests, clock } = moduleWith();
    begin()?.leave(true);
    const next = begin();
    expect(await (await take())?.text()).to.equal('code');
    next?.stop();
    clock.advance(60_000);
    expect(requests.map(({ signal }) => signal?.aborted)).to.deep.equal([false]);
  });

  it('is stopped after a minute if no attempt follows', async () => {
    const { begin, requests, clock } = moduleWith();
    const early = begin();
    await canKeepFiles();
    early?.leave(true);
    clock.advance(59_999);
    expect(requests.map(({ signal }) => signal?.aborted)).to.deep.equal([false]);
    clock.advance(1);
    expect(requests.map(({ signal }) => signal?.aborted)).to.deep.equal([true]);
  });

  it('is held for the next load if its file has arrived as a whole, which is stored nowhere else', async () => {
    const { begin, take, requests, transformers } = moduleWith();
    const early = begin();
    await canKeepFiles();
    noteRuntimeArrived(transformers, FILE, 4);
    early?.leave(false);
    const next = begin();
    expect([early?.arrived, next?.arrived]).to.deep.equal([undefined, 4]);
    next?.leave(false);
    expect(await (await take())?.text()).to.equal('code');
    expect(requests.map(({ signal }) => signal?.aborted)).to.deep.equal([false]);
  });

  it('is not held for the arrival of another file', async () => {
    const { begin, requests, transformers } = moduleWith();
    const early = begin();
    await canKeepFiles();
    noteRuntimeArrived(transformers, `${FILE}?other`, 4);
    early?.leave(false);
    expect(requests.map(({ signal }) => signal?.aborted)).to.deep.equal([true]);
  });

  it('is stopped if its file is on this device by the time that the runtime requests it', async () => {
    const { start, take, requests, transformers } = moduleWith();
    start();
    await canKeepFiles();
    noteRuntimeRequested(transformers, FILE);
    stopRuntimeFile(transformers);
    expect(requests.map(({ signal }) => signal?.aborted)).to.deep.equal([true]);
    expect(await take()).to.equal(undefined);
  });

  it('is not made if the load ends at once', async () => {
    const { start, requests } = moduleWith();
    start()();
    await canKeepFiles();
    expect(requests).to.deep.equal([]);
  });

  it('is made once for all loads of a module, and not after the runtime has requested its file', async () => {
    const { start, take, requests } = moduleWith();
    start();
    start()();
    expect(await (await take())?.text()).to.equal('code');
    start();
    await canKeepFiles();
    expect(requests).to.have.lengthOf(1);
  });

  it('leaves the request to the runtime if it fails', async () => {
    const { start, take, requests } = moduleWith({ wasmPaths: CDN }, () => Promise.reject(new TypeError('Failed to fetch')));
    start();
    expect(await take()).to.equal(undefined);
    expect(requests).to.have.lengthOf(1);
  });

  for (const [name, wasm] of [
    ['the settings do not determine its address', {}],
    ['a proxy worker requests it', { wasmPaths: CDN, proxy: true }],
  ] as const) {
    it(`is not made if ${name}`, async () => {
      const { start, take, requests } = moduleWith(wasm);
      start();
      expect(await take()).to.equal(undefined);
      expect(requests).to.deep.equal([]);
    });
  }

  const own = globalThis.fetch;
  for (const [name, descriptor] of Object.entries<PropertyDescriptor>({
    'is read-only': { value: own, writable: false },
    'has no setter': { get: () => own },
    'has a setter that does nothing': { get: () => own, set: () => undefined },
    'has a setter that throws': {
      get: () => own,
      set: () => {
        throw new TypeError('This page is hardened');
      },
    },
  })) {
    it(`is not made if the fetch of the page ${name}, since the runtime would request the file again`, async () => {
      const restore = stubGlobal('fetch', descriptor);
      const { start, take, requests } = moduleWith();
      start();
      const taken = await take();
      restore();
      expect([taken, requests]).to.deep.equal([undefined, []]);
    });
  }
});

describe('a request that a busy server refuses', () => {
  /** A server that refuses as many requests. */
  function serverWith(refusals: number, status = 429) {
    let asked = 0;
    const fetch = (): Promise<Response> => Promise.resolve(new Response(null, { status: ++asked <= refusals ? status : 200 }));
    return { fetch, asked: () => asked };
  }

  for (const status of [403, 429, 503]) {
    it(`is repeated once without the early one, a second after a status ${status}`, async () => {
      const { start, requests, transformers } = moduleWith();
      start();
      await canKeepFiles();
      const { fetch, asked } = serverWith(2, status);
      const clock = new FakeClock();
      const yielding = yieldingFetch(transformers, fetch, clock);
      const response = yielding('https://cdn.example/a');
      await settle();
      clock.advance(999);
      await settle();
      expect(asked()).to.equal(1);
      expect(requests.map(({ signal }) => signal?.aborted)).to.deep.equal([true]);
      clock.advance(1);
      expect((await response).status).to.equal(status);
      expect(asked()).to.equal(2);
      expect((await yielding('https://cdn.example/a')).status).to.equal(200);
      expect(asked()).to.equal(3);
      expect(clock.pending).to.equal(0);
    });
  }

  it('is repeated also if another one, refused at the same time, has stopped the early request', async () => {
    const { start, transformers } = moduleWith();
    start();
    await canKeepFiles();
    const { fetch, asked } = serverWith(2);
    const clock = new FakeClock();
    const yielding = yieldingFetch(transformers, fetch, clock);
    const answers = Promise.all([yielding('https://cdn.example/a'), yielding('https://cdn.example/b')]);
    await settle();
    clock.advance(1_000);
    expect((await answers).map(({ status }) => status)).to.deep.equal([200, 200]);
    expect(asked()).to.equal(4);
  });

  it('is not repeated within the second if it is aborted meanwhile, as by a pause, and made again', async () => {
    const { start, transformers } = moduleWith();
    start();
    await canKeepFiles();
    const { fetch, asked } = serverWith(1);
    const clock = new FakeClock();
    const yielding = yieldingFetch(transformers, fetch, clock);
    const controller = new AbortController();
    const aborted = rejectionOf(yielding('https://cdn.example/a', { signal: controller.signal }));
    await settle();
    clock.advance(100);
    controller.abort(new Error('paused'));
    expect(await aborted).to.include({ message: 'paused' });
    expect(clock.pending).to.equal(0);
    const again = yielding('https://cdn.example/a');
    const other = yielding('https://cdn.example/b');
    expect((await other).status).to.equal(200);
    expect(asked()).to.equal(2);
    clock.advance(899);
    await settle();
    expect(asked()).to.equal(2);
    clock.advance(1);
    expect((await again).status).to.equal(200);
  });

  it('is not repeated before the time that the server states, without the early request', async () => {
    const { start, requests, transformers } = moduleWith();
    start();
    await canKeepFiles();
    let asked = 0;
    const busy = (): Promise<Response> => {
      asked += 1;
      return Promise.resolve(new Response(null, { status: 429, headers: { 'Retry-After': '5' } }));
    };
    expect((await yieldingFetch(transformers, busy)('https://cdn.example/a')).status).to.equal(429);
    expect(asked).to.equal(1);
    expect(requests.map(({ signal }) => signal?.aborted)).to.deep.equal([true]);
  });

  it('is not repeated if the early request is for another server, whose connection cannot be the cause', async () => {
    const { start, requests, transformers } = moduleWith();
    start();
    await canKeepFiles();
    const { fetch, asked } = serverWith(2, 503);
    // The second one cannot be resolved; only a page's own `fetch` answers it.
    for (const url of ['https://hub.example/a', 'https://'])
      expect((await yieldingFetch(transformers, fetch)(url)).status, url).to.equal(503);
    expect(asked()).to.equal(2);
    expect(requests.map(({ signal }) => signal?.aborted)).to.deep.equal([false]);
  });

  it('is repeated if it was redirected to the server of the early request', async () => {
    const { start, requests, transformers } = moduleWith();
    start();
    await canKeepFiles();
    const clock = new FakeClock();
    const redirected = Object.defineProperty(new Response(null, { status: 429 }), 'url', { value: 'https://cdn.example/a' });
    const answers = [redirected, new Response('file')];
    const fetch = (): Promise<Response> => Promise.resolve(answers.shift() ?? Response.error());
    const response = yieldingFetch(transformers, fetch, clock)('https://hub.example/a');
    await settle();
    clock.advance(1_000);
    expect((await response).status).to.equal(200);
    expect(requests.map(({ signal }) => signal?.aborted)).to.deep.equal([true]);
  });

  it('is not repeated if there is no early request, or after another status', async () => {
    const { start, requests, transformers } = moduleWith();
    const busy = serverWith(1);
    expect((await yieldingFetch(transformers, busy.fetch)('https://cdn.example/a')).status).to.equal(429);
    start();
    await canKeepFiles();
    const broken = serverWith(1, 500);
    expect((await yieldingFetch(transformers, broken.fetch)('https://cdn.example/a')).status).to.equal(500);
    expect([busy.asked(), broken.asked()]).to.deep.equal([1, 1]);
    expect(requests.map(({ signal }) => signal?.aborted)).to.deep.equal([false]);
  });
});
