import { expect } from 'chai';
import { sourceOf, toJson } from '#dist/model/model-definition.js';

const textOf = (options: object): string => sourceOf({ task: 'fill-mask', model: 'own/model', options: options as never });

describe('sourceOf', () => {
  it('is equal for equal definitions, and differs with the task, the model and an option', () => {
    const texts = [{}, { dtype: 'q4' }, { dtype: 'q8' }, { n: 1n }, { n: 2n }].map(textOf);
    expect(new Set(texts).size).to.equal(5);
    expect(textOf({ dtype: 'q4' })).to.equal(texts[1]);
    expect(sourceOf({ task: 'text-generation', model: 'own/model', options: {} })).not.to.equal(texts[0]);
  });

  it('is empty for a model with its own loader', () => {
    expect(sourceOf({ load: () => Promise.resolve() })).to.equal('');
  });

  it('is short for a buffer of any kind, and differs with its length', () => {
    const bytes = new Uint8Array(20_000_000);
    for (const data of [bytes, bytes.buffer, new DataView(bytes.buffer), new Float32Array(bytes.buffer)]) {
      expect(textOf({ session_options: { externalData: [{ path: 'a', data }] } }).length).to.be.lessThan(200);
    }
    expect(textOf({ data: new Uint8Array(1) })).not.to.equal(textOf({ data: new Uint8Array(2) }));
  });

  it('accepts a cycle, and values that JSON omits', () => {
    const options: Record<string, unknown> = { dtype: 'q4', callback: () => undefined, symbol: Symbol('a'), nothing: undefined };
    options.self = options;
    expect(textOf(options)).to.include('q4');
  });
});

describe('toJson', () => {
  it('omits functions, and keeps what follows them', () => {
    const load = Object.assign(() => undefined, { own: {} });
    expect(JSON.parse(toJson({ load, inner: { load, list: [1, { load }] }, files: [] }))).to.deep.equal({
      inner: { list: [1, {}] },
      files: [],
    });
  });
});
