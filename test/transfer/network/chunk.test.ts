import { expect } from 'chai';
import { lengthOf, splitChunk, streamOf } from '#dist/transfer/network/chunk.js';

const chunks = [Uint8Array.of(1, 2, 3), Uint8Array.of(4, 5)];

describe('lengthOf', () => {
  it('adds the lengths', () => {
    expect(lengthOf([])).to.equal(0);
    expect(lengthOf(chunks)).to.equal(5);
  });
});

describe('splitChunk', () => {
  it('returns all chunks if they have no more bytes than requested', () => {
    expect(splitChunk(chunks, 5)).to.equal(chunks);
    expect(splitChunk(chunks, 9)).to.equal(chunks);
  });

  it('returns the first bytes, without empty chunks', () => {
    expect(splitChunk(chunks, 4)).to.deep.equal([Uint8Array.of(1, 2, 3), Uint8Array.of(4)]);
    expect(splitChunk(chunks, 3)).to.deep.equal([Uint8Array.of(1, 2, 3)]);
    expect(splitChunk(chunks, 0)).to.deep.equal([]);
  });
});

describe('streamOf', () => {
  it('returns the stream, and throws without one', () => {
    const stream = new ReadableStream<Uint8Array<ArrayBuffer>>();
    expect(streamOf(stream)).to.equal(stream);
    expect(() => streamOf(null)).to.throw(TypeError, 'Expected a body');
  });
});
