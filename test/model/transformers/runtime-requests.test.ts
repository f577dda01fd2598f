import { expect } from 'chai';
import { recallRuntime } from '#dist/model/transformers/runtime-file.js';
import { noteOwnRequest, wasReceivedByPage } from '#dist/model/transformers/runtime-requests.js';
import { until } from '../../support/until.js';

const FILE = 'ort-wasm-simd-threaded.jsep.wasm';
let files = 0;

/** The address of a file of the server that this realm has not requested. */
const newAddress = (): string => new URL(`/node_modules/transformers-v3/dist/${FILE}?${++files}`, location.href).href;

/** Requests a file, and resolves when the browser has recorded that. */
async function request(url: string): Promise<void> {
  const before = performance.getEntriesByName(url).length;
  await (await fetch(url)).arrayBuffer();
  await until(() => performance.getEntriesByName(url).length > before);
}

describe('wasReceivedByPage', () => {
  before(() => performance.clearResourceTimings());

  it('is true after a request of the page, and also if this package repeats it', async () => {
    const url = newAddress();
    expect(wasReceivedByPage(url)).to.equal(false);
    await request(url);
    expect(wasReceivedByPage(url)).to.equal(true);
    noteOwnRequest(url);
    await request(url);
    expect(wasReceivedByPage(url)).to.equal(true);
  });

  it('is false after a request of the page that failed', async () => {
    const url = new URL(`/missing/${FILE}`, location.href).href;
    await request(url);
    expect(wasReceivedByPage(url)).to.equal(false);
  });

  it('is false after the requests of this package', async () => {
    const url = newAddress();
    noteOwnRequest(url);
    await request(url);
    noteOwnRequest(url);
    expect(wasReceivedByPage(url)).to.equal(false);
  });

  it('keeps the file out of the plan of a load, since the runtime does not request it again', async () => {
    const wasm = newAddress();
    const env = { version: '3.8.1', fetch, backends: { onnx: { wasm: { wasmPaths: { wasm, mjs: wasm.replace('.wasm', '.mjs') } } } } };
    const transformers = { env, pipeline: () => Promise.resolve() };
    expect(await recallRuntime(transformers)).to.deep.equal({ file: FILE, size: undefined });
    await request(wasm);
    expect(await recallRuntime(transformers)).to.equal(undefined);
  });
});
