// Loads of a module that stores the ONNX Runtime's file as version 4 does: while the file arrives. The module is a stand-in; the cache and
// the store are real.
import { expect } from 'chai';
import { clearCaches } from '../../support/fake-hub.js';
import { until } from '../../support/until.js';
import { areEqual, bytesOf, cacheOf, downloadsWith, envWith, segments, type Env } from '../background-module.js';
import { HOST } from '../fake-load.js';

const RUNTIME = `${HOST}runtime/ort-wasm-simd-threaded.asyncify.wasm`;
const NAME = 'background-runtime';
const MIB = 1024 * 1024;
const code = Uint8Array.from({ length: 6 * MIB }, (_, index) => index * 5 + (index >> 11));

const stored = async (): Promise<Response | undefined> => (await caches.open(NAME)).match(RUNTIME);

/** A server's response that sends the last MiB once the layer has stored a segment, so that it does not come from a fast connection. */
function slowResponse(isStored: () => Promise<boolean>): Response {
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      controller.enqueue(code.slice(0, 5 * MIB));
      await until(isStored);
      controller.enqueue(code.slice(5 * MIB));
      controller.close();
    },
  });
  return new Response(body, { headers: { 'Content-Length': String(code.length), ETag: '"one"', 'Content-Type': 'application/wasm' } });
}

const hasSegments = async (): Promise<boolean> => (await segments()) > 0;

/** A module whose model is its runtime's code. @param begin Called when `pipeline()` begins. */
function standIn(isStored = hasSegments, begin: (env: Env) => void = () => undefined) {
  const requests: string[] = [];
  const fetch = (url: string, init?: RequestInit): Promise<Response> => {
    if (url !== RUNTIME) return Promise.resolve(new Response(null, { status: 404 }));
    const range = new Headers(init?.headers).get('Range');
    if (range !== null) return Promise.resolve(new Response(null, { status: 416 }));
    requests.push(url);
    return Promise.resolve(slowResponse(isStored));
  };
  const wasmPaths = { wasm: RUNTIME, mjs: RUNTIME.replace('.wasm', '.mjs') };
  const env = envWith(fetch, NAME, { backends: { onnx: { wasm: { wasmPaths } } } });
  const pipeline = async (): Promise<Uint8Array> => {
    begin(env);
    const cache = await cacheOf(env, NAME);
    const found = await cache.match(RUNTIME);
    if (found) return new Uint8Array(await found.arrayBuffer());
    const response = await env.fetch(RUNTIME);
    await cache.put(RUNTIME, response.clone());
    return new Uint8Array(await response.arrayBuffer());
  };
  return { transformers: { env, pipeline }, requests, env };
}

/** Whether the reader of a clone has memory of its own. */
async function clonesCopy(): Promise<boolean> {
  const chunk = Uint8Array.of(1);
  const body = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(chunk) });
  return (await new Response(body).clone().body?.getReader().read())?.value !== chunk;
}

const load = (transformers: object): Promise<unknown> => downloadsWith(transformers, NAME).load('own');

describe('a load whose runtime stores its own file', () => {
  beforeEach(clearCaches);
  afterEach(clearCaches);

  it('stores the right bytes by one request, leaves no parts, and is usable at the next visit without a request', async () => {
    const first = standIn();
    expect(areEqual(await load(first.transformers), code)).to.equal(true);
    expect(first.requests).to.deep.equal([RUNTIME]);
    await until(async () => (await stored()) !== undefined && (await segments()) === 0 && !first.env.useCustomCache);
    const entry = await stored();
    expect(entry?.headers.get('Content-Type')).to.equal('application/wasm');
    expect(areEqual(await bytesOf(entry), code)).to.equal(true);
    const second = standIn();
    expect(areEqual(await load(second.transformers), code)).to.equal(true);
    expect(second.requests).to.deep.equal([]);
  });

  it('copies the stored parts although the clone of the runtime cannot be read', async () => {
    const { blob } = Response.prototype;
    // A page whose thread is blocked by the start of the model reads no clone.
    Response.prototype.blob = function () {
      const isCode = this.headers.get('Content-Type') === 'application/wasm';
      return isCode ? new Promise<Blob>(() => undefined) : blob.call(this);
    };
    try {
      const { transformers, env } = standIn();
      expect(areEqual(await load(transformers), code)).to.equal(true);
      await until(async () => (await stored()) !== undefined && (await segments()) === 0 && !env.useCustomCache);
    } finally {
      Response.prototype.blob = blob;
    }
    expect(areEqual(await bytesOf(await stored()), code)).to.equal(true);
  });

  describe('without stored parts', () => {
    const { put } = Cache.prototype;
    let refused = 0;
    const isRefused = (): Promise<boolean> => Promise.resolve(refused > 0);

    beforeEach(() => {
      refused = 0;
      Cache.prototype.put = function (request, response) {
        if (request === RUNTIME) return put.call(this, request, response);
        refused += 1;
        return Promise.reject(new DOMException('The quota has been exceeded.', 'QuotaExceededError'));
      };
    });
    afterEach(() => {
      Cache.prototype.put = put;
    });

    it('stores the bytes that the runtime has received', async () => {
      const { transformers, env, requests } = standIn(isRefused);
      expect(areEqual(await load(transformers), code)).to.equal(true);
      await until(async () => (await stored()) !== undefined && !env.useCustomCache);
      expect(requests).to.deep.equal([RUNTIME]);
      expect(areEqual(await bytesOf(await stored()), code)).to.equal(true);
    });

    it('stores the right bytes if the page reads the response, changes what it has read, and passes on a clone', async function () {
      // In Firefox both readers have the same memory, so the page would change the bytes of the runtime.
      if (!(await clonesCopy())) this.skip();
      const { transformers, env } = standIn(isRefused, (wrapped) => {
        const { fetch } = wrapped;
        wrapped.fetch = async (url, init) => {
          const response = await fetch(url, init);
          const clone = response.clone();
          void response.body?.pipeTo(new WritableStream({ write: (chunk: Uint8Array) => void chunk.fill(7) }));
          return clone;
        };
      });
      expect(areEqual(await load(transformers), code)).to.equal(true);
      await until(async () => (await stored()) !== undefined && !env.useCustomCache);
      expect(areEqual(await bytesOf(await stored()), code)).to.equal(true);
    });
  });
});
