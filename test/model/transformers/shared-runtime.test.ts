import { expect } from 'chai';
import { SharedRuntime } from '#dist/model/transformers/shared-runtime.js';

type Progress = Parameters<SharedRuntime['report']>[2];

const URL = 'https://cdn.test/ort-wasm-simd.wasm';
const progressOf = (loaded: number, phase: Progress['phase'] = 'receiving'): Progress => ({
  phase,
  loaded,
  stored: 0,
  total: 10,
  totalIsExact: true,
});

describe('SharedRuntime', () => {
  let runtime: SharedRuntime;
  let seen: string[];
  const join = (load: { readonly name: string }): (() => void) =>
    runtime.join(load, (url, { loaded }) => seen.push(`${load.name} ${url.split('/').at(-1)} ${loaded}`));
  const [a, b, c] = ['a', 'b', 'c'].map((name) => ({ name })) as [{ name: string }, { name: string }, { name: string }];

  beforeEach(() => {
    runtime = new SharedRuntime();
    seen = [];
  });

  it('passes nothing on while the load that made the request runs', () => {
    join(a);
    join(b);
    runtime.report(a, URL, progressOf(1));
    expect(seen).to.deep.equal([]);
    expect(runtime.left).to.equal(undefined);
  });

  it('belongs to the total of the load that has begun first, and then to that of the next one', () => {
    expect(runtime.isCountedBefore(a)).to.equal(false);
    const leave = join(a);
    join(b);
    expect([a, b, c].map((load) => runtime.isCountedBefore(load))).to.deep.equal([false, true, true]);
    leave();
    expect([b, c].map((load) => runtime.isCountedBefore(load))).to.deep.equal([false, true]);
  });

  it('passes the progress to one load after the end of that one: to the first', () => {
    const leave = join(a);
    join(b);
    join(c);
    runtime.report(a, URL, progressOf(1));
    leave();
    runtime.report(a, URL, progressOf(2));
    expect(seen).to.deep.equal(['b ort-wasm-simd.wasm 1', 'b ort-wasm-simd.wasm 2']);
  });

  it('passes it to a load that begins later', () => {
    join(a)();
    runtime.report(a, URL, progressOf(3));
    expect(runtime.left).to.deep.equal({ file: 'ort-wasm-simd.wasm', size: 10 });
    join(b);
    expect(seen).to.deep.equal(['b ort-wasm-simd.wasm 3']);
  });

  it('passes its end on, and leaves nothing afterwards', () => {
    join(a)();
    join(b);
    runtime.report(a, URL, progressOf(10, 'done'));
    expect(seen).to.deep.equal(['b ort-wasm-simd.wasm 10']);
    expect(runtime.left).to.equal(undefined);
    join(c);
    expect(seen).to.have.lengthOf(1);
  });

  it('leaves nothing of a request that has failed', () => {
    join(a)();
    runtime.report(a, URL, progressOf(3));
    runtime.end();
    expect(runtime.left).to.equal(undefined);
    join(b);
    expect(seen).to.deep.equal([]);
  });
});
