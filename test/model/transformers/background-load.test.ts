// Loads whose files are stored in the browser's cache while the model starts. The module is a stand-in that stores files as versions 3
// and 4 do; the cache and the store are real.
import { expect } from 'chai';
import { clearCaches } from '../../support/fake-hub.js';
import { deferred } from '../../support/deferred.js';
import { until } from '../../support/until.js';
import { areEqual, bytesOf, cacheOf, downloadsWith, envWith, segments, type Env } from '../background-module.js';
import { fileUrl } from '../fake-load.js';

const WEIGHTS = fileUrl('onnx/model_quantized.onnx');
const NAME = 'background-load';
const content = Uint8Array.from({ length: 5 * 1024 * 1024 }, (_, index) => index * 7 + (index >> 10));

/** A module that loads one file, and the requests of a load. The last bytes of the file arrive after `rest`. */
function standIn({ onReady = async (_env: Env) => Promise.resolve(), rest = Promise.resolve<unknown>(undefined) } = {}) {
  const requests: string[] = [];
  const fetch = (url: string, init?: RequestInit): Promise<Response> => {
    if (url !== WEIGHTS) return Promise.resolve(new Response(null, { status: 404 }));
    const range = new Headers(init?.headers).get('Range');
    requests.push(range ?? 'whole');
    const start = Number(/^bytes=(\d+)-/.exec(range ?? '')?.[1] ?? 0);
    const headers = { 'Content-Length': String(content.length - start), ETag: '"one"', 'Content-Type': 'application/octet-stream' };
    const total = `bytes ${start}-${content.length - 1}/${content.length}`;
    const place = range === null ? {} : { 'Content-Range': total };
    return Promise.resolve(
      new Response(inTwoParts(content.slice(start), rest), { status: range === null ? 200 : 206, headers: { ...headers, ...place } }),
    );
  };
  const env = envWith(fetch, NAME);
  const read = async (): Promise<Uint8Array> => {
    const cache = await cacheOf(env, NAME);
    const found = await cache.match(WEIGHTS);
    const response = found ?? (await env.fetch(WEIGHTS));
    const bytes = new Uint8Array(await response.arrayBuffer());
    const isStored = found ?? (await cache.match(WEIGHTS));
    if (!isStored) await cache.put(WEIGHTS, new Response(bytes, { headers: response.headers }));
    return bytes;
  };
  const pipeline = async (): Promise<Uint8Array> => {
    await onReady(env);
    return read();
  };
  return { transformers: { env, pipeline }, requests, read, env };
}

function inTwoParts(bytes: Uint8Array<ArrayBuffer>, rest: Promise<unknown>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async start(controller) {
      controller.enqueue(bytes.slice(0, -1));
      await rest;
      controller.enqueue(bytes.slice(-1));
      controller.close();
    },
  });
}

const stored = async (): Promise<Response | undefined> => (await caches.open(NAME)).match(WEIGHTS);

/** Makes `Cache.put()` fail for the weights, until the returned function is called. */
function refusePut(): () => void {
  const { put } = Cache.prototype;
  Cache.prototype.put = function (request, response) {
    return request === WEIGHTS ? Promise.reject(new DOMException('refused', 'UnknownError')) : put.call(this, request, response);
  };
  return () => void (Cache.prototype.put = put);
}

describe('a load whose files are stored in the background', () => {
  const { warn } = console;

  beforeEach(clearCaches);
  afterEach(async () => {
    console.warn = warn;
    await clearCaches();
  });

  it('stores the file as the runtime would, leaves no parts, and restores the settings', async () => {
    const { transformers, requests, env } = standIn();
    expect(areEqual(await downloadsWith(transformers, NAME).load('own'), content)).to.equal(true);
    await until(async () => (await stored()) !== undefined && (await segments()) === 0 && !env.useCustomCache);
    const entry = await stored();
    expect(areEqual(await bytesOf(entry), content)).to.equal(true);
    expect(entry?.headers.get('Content-Length')).to.equal(String(content.length));
    expect(entry?.headers.get('Content-Type')).to.equal('application/octet-stream');
    expect(requests).to.deep.equal(['whole']);
    expect(env.customCache).to.equal(null);
  });

  it('lets the page read the file with the module right after the load', async () => {
    const { transformers, requests, read } = standIn();
    await downloadsWith(transformers, NAME).load('own');
    expect(areEqual(await read(), content)).to.equal(true);
    expect(requests).to.deep.equal(['whole']);
  });

  it('deletes the file if the page removes the model right after the load', async () => {
    const { transformers } = standIn();
    const downloads = downloadsWith(transformers, NAME);
    await downloads.load('own');
    await downloads.remove('own');
    expect(await stored()).to.equal(undefined);
    expect(await segments()).to.equal(0);
  });

  it('stores the bytes that the runtime has, if the page changes those of the server', async () => {
    const changed = content.map((byte) => byte ^ 255);
    const { transformers, env } = standIn({
      onReady: (module) => {
        const { fetch } = module;
        module.fetch = async (url, init) => {
          const response = await fetch(url, init);
          return url === WEIGHTS ? new Response((await response.arrayBuffer()) && changed, { headers: response.headers }) : response;
        };
        return Promise.resolve();
      },
    });
    expect(areEqual(await downloadsWith(transformers, NAME).load('own'), changed)).to.equal(true);
    await until(async () => (await stored()) !== undefined && !env.useCustomCache);
    expect(areEqual(await bytesOf(await stored()), changed)).to.equal(true);
  });

  it('stores the file in place of its parts if there is no room for both', async () => {
    const { estimate } = StorageManager.prototype;
    StorageManager.prototype.estimate = () => Promise.resolve({ quota: content.length, usage: 1 });
    try {
      const { transformers, requests } = standIn();
      const downloads = downloadsWith(transformers, NAME);
      let left = -1;
      const { put } = Cache.prototype;
      Cache.prototype.put = async function (request, response) {
        if (request === WEIGHTS) left = await segments();
        return put.call(this, request, response);
      };
      await downloads.load('own').finally(() => void (Cache.prototype.put = put));
      expect(left, 'segments beside the file').to.equal(0);
      expect(areEqual(await bytesOf(await stored()), content)).to.equal(true);
      expect(downloads.getState('own')?.kept).to.equal(true);
      expect(requests).to.deep.equal(['whole']);
    } finally {
      StorageManager.prototype.estimate = estimate;
    }
  });

  it('ends as without this package if the page removes the cache during the load', async () => {
    const { transformers, requests, env } = standIn({
      onReady: (module) => {
        (module as { customCache: unknown }).customCache = null;
        return Promise.resolve();
      },
    });
    expect(areEqual(await downloadsWith(transformers, NAME).load('own'), content)).to.equal(true);
    expect(areEqual(await bytesOf(await stored()), content)).to.equal(true);
    expect(env).to.include({ useCustomCache: false, customCache: null });
    expect(requests).to.deep.equal(['whole']);
    await until(async () => (await segments()) === 0);
  });

  it('leaves no part that is stored only after its end', async () => {
    const { put, keys } = Cache.prototype;
    const [begun, looked] = [deferred(), deferred()];
    let isOver = false;
    let storing: Promise<void> | undefined;
    Cache.prototype.put = function (request, response) {
      const putAfter = (before: Promise<unknown>): Promise<void> => before.then(() => put.call(this, request, response));
      if (request === WEIGHTS) isOver = true;
      if (typeof request !== 'string' || !request.includes('/partial?')) return put.call(this, request, response);
      begun.resolve(undefined);
      return (storing ??= putAfter(looked.promise));
    };
    Cache.prototype.keys = function (...values) {
      if (isOver) looked.resolve(undefined);
      return keys.apply(this, values);
    };
    try {
      // Then the module stores the file itself, so the parts are deleted at once.
      const onReady = (module: Env): Promise<void> => {
        (module as { customCache: unknown }).customCache = null;
        return Promise.resolve();
      };
      const { transformers } = standIn({ onReady, rest: begun.promise });
      expect(areEqual(await downloadsWith(transformers, NAME).load('own'), content)).to.equal(true);
      await looked.promise;
      await storing;
      await until(async () => (await segments()) === 0);
    } finally {
      Object.assign(Cache.prototype, { put, keys });
    }
  });

  it('uses the stored parts at the next visit if the file could not be stored', async () => {
    console.warn = () => undefined;
    const restore = refusePut();
    const first = standIn();
    expect(areEqual(await downloadsWith(first.transformers, NAME).load('own'), content)).to.equal(true);
    await until(() => !first.env.useCustomCache);
    restore();
    const second = standIn();
    expect(areEqual(await downloadsWith(second.transformers, NAME).load('own'), content)).to.equal(true);
    expect(second.requests, 'no byte is requested again').to.not.include('whole');
    await until(async () => (await stored()) !== undefined && (await segments()) === 0);
  });
});
