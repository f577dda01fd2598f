import { expect } from 'chai';
import { runtimeFileName } from '#dist/model/transformers/runtime-build.js';
import { isRuntimeFile, runtimeFileOf } from '#dist/model/transformers/runtime-name.js';

describe('runtimeFileOf', () => {
  it('returns the file name of a runtime address, without its query and fragment', () => {
    expect(runtimeFileOf('https://cdn.example/dist/ort-wasm-simd.wasm')).to.equal('ort-wasm-simd.wasm');
    expect(runtimeFileOf('/ort-wasm-simd-threaded.jsep.wasm?v=1')).to.equal('ort-wasm-simd-threaded.jsep.wasm');
    expect(runtimeFileOf('/ort.wasm#x')).to.equal('ort.wasm');
  });

  it('returns undefined for other addresses', () => {
    for (const url of ['/other.wasm', '/ort-wasm.mjs', '/ort/file.wasm', 'ort.wasm', '/x?file=/ort.txt', '/support.wasm']) {
      expect(runtimeFileOf(url), url).to.equal(undefined);
    }
  });
});

describe('isRuntimeFile', () => {
  it('tests a file name', () => {
    expect(isRuntimeFile('ort-wasm-simd.wasm')).to.equal(true);
    expect(isRuntimeFile('model.wasm')).to.equal(false);
    expect(isRuntimeFile('onnx/model.onnx')).to.equal(false);
  });
});

describe('runtimeFileName', () => {
  it('depends on threads only in version 2', () => {
    expect(runtimeFileName(2, false)).to.equal('ort-wasm-simd.wasm');
    expect(runtimeFileName(2, true)).to.equal('ort-wasm-simd-threaded.wasm');
    for (const isThreaded of [false, true]) {
      expect(runtimeFileName(3, isThreaded)).to.equal('ort-wasm-simd-threaded.jsep.wasm');
      expect(runtimeFileName(4, isThreaded)).to.equal('ort-wasm-simd-threaded.asyncify.wasm');
    }
  });

  it('is that of version 4 in later versions', () => {
    expect(runtimeFileName(5, false)).to.equal(runtimeFileName(4, false));
  });
});
