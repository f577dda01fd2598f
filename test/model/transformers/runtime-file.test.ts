import { expect } from 'chai';
import { findRuntime, isRuntimeStarted, noteRuntimeStarted, recallRuntime } from '#dist/model/transformers/runtime-file.js';
import { sharedRuntime } from '#dist/model/transformers/shared-runtime.js';

const FILE = 'ort-wasm-simd-threaded.asyncify.wasm';
const ADDRESS = `https://cdn.example/${FILE}`;

/** A module of version 4 whose `fetch` answers with `respond`. The file is stored with the models, so that this `fetch` is used. */
function moduleWith(respond: () => Response, cached?: Response) {
  const requests: (RequestInit | undefined)[] = [];
  const fetch = (_input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    requests.push(init);
    return Promise.resolve(respond());
  };
  const customCache = { match: () => Promise.resolve(cached), put: () => Promise.resolve() };
  const wasm = { wasmPaths: { wasm: ADDRESS, mjs: ADDRESS.replace('.wasm', '.mjs') } };
  const env = { version: '4.3.1', fetch, useCustomCache: true, customCache, backends: { onnx: { wasm } } };
  return { transformers: { env, pipeline: () => Promise.resolve() }, requests };
}

/** Replaces a property of the platform until the returned function is called. */
function replace(target: object, name: string, property: PropertyDescriptor): () => void {
  Object.defineProperty(target, name, { configurable: true, ...property });
  return () => void Reflect.deleteProperty(target, name);
}

const partial = (headers: Record<string, string>, status = 206) => new Response('x', { status, headers });

describe('recallRuntime', () => {
  it('knows the size of the last load, without a request', async () => {
    const { transformers, requests } = moduleWith(() => partial({}));
    expect(await recallRuntime(transformers)).to.deep.equal({ file: FILE, size: undefined });
    expect(await recallRuntime(transformers, [{ file: FILE, size: 20 }])).to.deep.equal({ file: FILE, size: 20 });
    expect(await recallRuntime(transformers, [{ file: 'ort.wasm', size: 20 }])).to.deep.equal({ file: FILE, size: undefined });
    expect(requests).to.deep.equal([]);
  });

  it('is undefined if the file is cached, or the runtime has started', async () => {
    const cached = moduleWith(() => partial({}), new Response('file'));
    expect(await recallRuntime(cached.transformers)).to.equal(undefined);
    const { transformers } = moduleWith(() => partial({}));
    expect(isRuntimeStarted(transformers)).to.equal(false);
    noteRuntimeStarted(transformers);
    expect(isRuntimeStarted(transformers)).to.equal(true);
    expect(await recallRuntime(transformers)).to.equal(undefined);
  });

  it('is undefined for a load that begins while another one counts the file, and known for an estimate', async () => {
    const { transformers } = moduleWith(() => partial({}));
    const [first, second] = [{}, {}];
    const leave = sharedRuntime(transformers).join(first, () => undefined);
    expect(await recallRuntime(transformers, [], undefined, first)).to.deep.equal({ file: FILE, size: undefined });
    expect(await recallRuntime(transformers, [], undefined, second)).to.equal(undefined);
    expect(await recallRuntime(transformers)).to.deep.equal({ file: FILE, size: undefined });
    leave();
    expect(await recallRuntime(transformers, [], undefined, second)).to.deep.equal({ file: FILE, size: undefined });
  });

  it('has no name if the settings have no address', async () => {
    const transformers = { env: { version: '4.3.1' }, pipeline: () => Promise.resolve() };
    expect(await recallRuntime(transformers)).to.deep.equal({ file: undefined, size: undefined });
  });
});

describe('findRuntime', () => {
  for (const [what, install] of [
    ['controls the page', () => replace(navigator, 'serviceWorker', { get: () => ({ controller: {} }) })],
    [
      'has handled a request of this realm',
      () => replace(performance, 'getEntriesByType', { value: () => [{ workerStart: 0 }, { workerStart: 5 }] }),
    ],
  ] as const) {
    it(`requests nothing if a service worker ${what}, which could read the whole file`, async () => {
      const { transformers, requests } = moduleWith(() => partial({ 'Content-Range': 'bytes 0-0/26' }));
      const restore = install();
      try {
        expect(await findRuntime(transformers)).to.deep.equal({ file: FILE, size: undefined });
        expect(requests).to.deep.equal([]);
      } finally {
        restore();
      }
      expect(await findRuntime(transformers)).to.deep.equal({ file: FILE, size: 26 });
    });
  }

  it('requests the first byte where the platform refuses service workers', async () => {
    const { transformers } = moduleWith(() => partial({ 'Content-Range': 'bytes 0-0/26' }));
    const refuse = (): never => {
      throw new DOMException('sandboxed', 'SecurityError');
    };
    const restore = replace(navigator, 'serviceWorker', { get: refuse });
    try {
      expect(await findRuntime(transformers)).to.deep.equal({ file: FILE, size: 26 });
    } finally {
      restore();
    }
  });

  it('requests the first byte, once per page', async () => {
    const { transformers, requests } = moduleWith(() => partial({ 'Content-Range': 'bytes 0-0/21596019' }));
    expect(await findRuntime(transformers)).to.deep.equal({ file: FILE, size: 21_596_019 });
    expect(await findRuntime(transformers)).to.deep.equal({ file: FILE, size: 21_596_019 });
    expect(requests).to.have.lengthOf(1);
    expect(requests[0]).to.deep.include({ headers: { Range: 'bytes=0-0' }, cache: 'no-store' });
  });

  it('requests the first byte once for an estimate and a load at the same time', async () => {
    const { transformers, requests } = moduleWith(() => partial({ 'Content-Range': 'bytes 0-0/14000000' }));
    const found = await Promise.all([findRuntime(transformers), findRuntime(transformers)]);
    expect(found.map((runtime) => runtime?.size)).to.deep.equal([14_000_000, 14_000_000]);
    expect(requests).to.have.lengthOf(1);
  });

  it('has the size if the server answers with a longer range than requested', async () => {
    const { transformers } = moduleWith(() => partial({ 'Content-Range': 'bytes 0-21596018/21596019' }));
    expect(await findRuntime(transformers)).to.deep.equal({ file: FILE, size: 21_596_019 });
  });

  for (const [name, respond] of [
    ['a whole file', () => partial({ 'Content-Range': 'bytes 0-0/20' }, 200)],
    ['a compressed byte', () => partial({ 'Content-Range': 'bytes 0-0/20', 'Content-Encoding': 'gzip' })],
    ['a total that is unknown', () => partial({ 'Content-Range': 'bytes 0-0/*' })],
    ['a range that is not readable', () => partial({})],
  ] as const) {
    it(`has no size if the server responds with ${name}`, async () => {
      expect(await findRuntime(moduleWith(respond).transformers)).to.deep.equal({ file: FILE, size: undefined });
    });
  }

  it('has no size if the request fails, and requests none that is known', async () => {
    const { transformers, requests } = moduleWith(() => {
      throw new TypeError('Failed to fetch');
    });
    expect(await findRuntime(transformers, [{ file: FILE, size: 20 }])).to.deep.equal({ file: FILE, size: 20 });
    expect(requests).to.deep.equal([]);
    expect(await findRuntime(transformers)).to.deep.equal({ file: FILE, size: undefined });
  });
});
