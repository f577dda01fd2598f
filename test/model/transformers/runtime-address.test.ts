import { expect } from 'chai';
import type { TransformersModule } from 'model-download/adapters/transformers';
import { hasRuntimeBytes, moduleAddress, realmRuntimeAddress, runtimeAddress } from '#dist/model/transformers/runtime-address.js';

const CDN = 'https://cdn.example/dist/';

function moduleWith(version: string, wasm: object | undefined, more: object = {}): TransformersModule {
  return { env: { version, ...(wasm && { backends: { onnx: { wasm } } }), ...more }, pipeline: () => Promise.resolve() };
}

describe('runtimeAddress', () => {
  for (const [version, file] of [
    ['2.17.2', 'ort-wasm-simd.wasm'],
    ['3.8.1', 'ort-wasm-simd-threaded.jsep.wasm'],
    ['4.3.1', 'ort-wasm-simd-threaded.asyncify.wasm'],
  ] as const) {
    it(`appends the default file of version ${version} to a folder`, () => {
      expect(runtimeAddress(moduleWith(version, { wasmPaths: CDN, numThreads: 1 }))).to.equal(CDN + file);
    });
  }

  it('uses the address that the settings give the file in version 2, and ignores it in the others, as their runtimes do', () => {
    const named = (file: string): object => ({ wasmPaths: { [file]: `${CDN}own.wasm` }, numThreads: 1 });
    expect(runtimeAddress(moduleWith('2.17.2', named('ort-wasm-simd.wasm')))).to.equal(`${CDN}own.wasm`);
    expect(runtimeAddress(moduleWith('3.8.1', named('ort-wasm-simd-threaded.jsep.wasm')))).to.equal(undefined);
    expect(runtimeAddress(moduleWith('4.3.1', named('ort-wasm-simd-threaded.asyncify.wasm')))).to.equal(undefined);
  });

  it('prefers the setting wasm, and looks beside mjs without it', () => {
    expect(runtimeAddress(moduleWith('4.3.1', { wasmPaths: { wasm: `${CDN}a.wasm`, mjs: `${CDN}b/c.mjs` } }))).to.equal(`${CDN}a.wasm`);
    const beside = runtimeAddress(moduleWith('4.3.1', { wasmPaths: { mjs: `${CDN}b/c.mjs` } }));
    expect(beside).to.equal(`${CDN}b/ort-wasm-simd-threaded.asyncify.wasm`);
  });

  it('accepts a URL object and resolves a relative address', () => {
    expect(runtimeAddress(moduleWith('4.3.1', { wasmPaths: { wasm: new URL(`${CDN}a.wasm`) } }))).to.equal(`${CDN}a.wasm`);
    expect(runtimeAddress(moduleWith('4.3.1', { wasmPaths: '/ort/' }))).to.equal(
      `${location.origin}/ort/ort-wasm-simd-threaded.asyncify.wasm`,
    );
  });

  it('is undefined if the setting is an address that needs no request, whatever lies beside the script', () => {
    for (const wasm of ['blob:https://a.example/1', new URL('blob:https://a.example/1'), 'data:application/wasm;base64,AA==']) {
      for (const version of ['3.8.1', '4.3.1']) {
        const transformers = moduleWith(version, { wasmPaths: { wasm, mjs: `${CDN}b.mjs` } });
        expect(runtimeAddress(transformers)).to.equal(undefined);
        expect(hasRuntimeBytes(transformers), 'bytes').to.equal(true);
      }
      const named = moduleWith('2.17.2', { wasmPaths: { 'ort-wasm-simd.wasm': wasm }, numThreads: 1 });
      expect([runtimeAddress(named), hasRuntimeBytes(named)]).to.deep.equal([undefined, true]);
    }
  });

  it('is undefined for settings that a runtime ignores', () => {
    for (const version of ['3.8.1', '4.3.1']) expect(runtimeAddress(moduleWith(version, { wasmPaths: '' }))).to.equal(undefined);
    expect(runtimeAddress(moduleWith('2.17.2', { wasmPaths: { mjs: `${CDN}b.mjs` } }))).to.equal(undefined);
  });

  it('is undefined without settings, and for an address that is not of HTTP', () => {
    expect(runtimeAddress(moduleWith('4.3.1', undefined))).to.equal(undefined);
    expect(runtimeAddress(moduleWith('4.3.1', { wasmPaths: { wasm: 'blob:https://a.example/1' } }))).to.equal(undefined);
  });
});

describe('moduleAddress', () => {
  it('is undefined in version 2', () => {
    expect(moduleAddress(moduleWith('2.17.2', { wasmPaths: CDN }))).to.equal(undefined);
  });

  it('is the setting mjs, or lies beside the file in a folder', () => {
    expect(moduleAddress(moduleWith('4.3.1', { wasmPaths: { mjs: `${CDN}b.mjs` } }))).to.equal(`${CDN}b.mjs`);
    expect(moduleAddress(moduleWith('3.8.1', { wasmPaths: CDN }))).to.equal(`${CDN}ort-wasm-simd-threaded.jsep.mjs`);
    expect(moduleAddress(moduleWith('3.8.1', { wasmPaths: { wasm: `${CDN}a.wasm` } }))).to.equal(undefined);
  });
});

describe('realmRuntimeAddress', () => {
  const paths = { wasm: `${CDN}a.wasm`, mjs: `${CDN}a.mjs` };

  it('is undefined in versions 2 and 3', () => {
    for (const version of ['2.17.2', '3.8.1']) expect(realmRuntimeAddress(moduleWith(version, { wasmPaths: CDN }))).to.equal(undefined);
  });

  it('is undefined in version 4 if the file is stored with the models', () => {
    expect(realmRuntimeAddress(moduleWith('4.3.1', { wasmPaths: paths }))).to.equal(undefined);
  });

  it('is the address in version 4 without a cache, or with one path only', () => {
    expect(realmRuntimeAddress(moduleWith('4.3.1', { wasmPaths: paths }, { useWasmCache: false }))).to.equal(paths.wasm);
    expect(realmRuntimeAddress(moduleWith('4.3.1', { wasmPaths: { wasm: paths.wasm } }))).to.equal(paths.wasm);
  });
});

describe('hasRuntimeBytes', () => {
  it('is true if the page has set the bytes, except for the cache of version 4', () => {
    const wasmBinary = new ArrayBuffer(8);
    expect(hasRuntimeBytes(moduleWith('3.8.1', { wasmBinary }))).to.equal(true);
    expect(hasRuntimeBytes(moduleWith('4.3.1', { wasmBinary }))).to.equal(true);
    expect(hasRuntimeBytes(moduleWith('4.3.1', { wasmBinary, wasmPaths: { wasm: '/a.wasm', mjs: '/a.mjs' } }))).to.equal(false);
    expect(hasRuntimeBytes(moduleWith('2.17.2', { wasmBinary }))).to.equal(false);
    for (const wasm of [{}, { wasmBinary: null }, { wasmPaths: { wasm: '/a.wasm' } }]) {
      expect(hasRuntimeBytes(moduleWith('3.8.1', wasm))).to.equal(false);
    }
  });
});
