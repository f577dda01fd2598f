import { expect } from 'chai';
import { ResponseSpan } from '#dist/transfer/network/response-span.js';
import { lengthOf, type Chunk } from '#dist/transfer/network/chunk.js';
import { connectionOf } from '../../support/transfer-parts.js';

const bytes = (length: number): Chunk => new Uint8Array(length);

/** The response to a range from `start` to `end`. */
const rangeSpan = (start: number, end: number): ResponseSpan => new ResponseSpan(connectionOf({ isRange: true, start, end }), start);

describe('ResponseSpan', () => {
  it('of a range is whole with its last byte, and drops the bytes behind it', () => {
    const span = rangeSpan(100, 110);
    expect(lengthOf(span.count([bytes(4)]))).to.equal(4);
    expect(span.isWhole).to.equal(false);
    expect(() => span.throwIfCut()).to.throw('Expected a range up to byte 110, received 104');
    expect(span.pieceLength, 'before the end').to.equal(undefined);
    expect(lengthOf(span.count([bytes(5), bytes(5)])), 'of ten bytes').to.equal(6);
    expect(span.isWhole).to.equal(true);
    expect(span.pieceLength).to.equal(10);
    expect(() => span.throwIfCut()).not.to.throw();
    expect(lengthOf(span.count([bytes(3)])), 'behind the end').to.equal(0);
  });

  it('of a range of unknown end, and of a whole file, has no end of its own', () => {
    for (const connection of [connectionOf({ isRange: true, start: 5 }), connectionOf({ end: 10 })]) {
      const span = new ResponseSpan(connection, 5);
      expect(lengthOf(span.count([bytes(20)]))).to.equal(20);
      expect(span).to.include({ isWhole: false, pieceLength: undefined, start: 5 });
      expect(() => span.throwIfCut()).not.to.throw();
    }
  });

  it('of an empty range is whole at once, and is no piece', () => {
    const span = rangeSpan(100, 100);
    expect(span).to.include({ isWhole: true, pieceLength: undefined });
    expect(() => span.throwIfCut()).not.to.throw();
  });

  it('knows whether a response with too few bytes to skip had its full length', () => {
    const span = new ResponseSpan(connectionOf({ end: 60 }), 100);
    expect(span.isFull(40), 'ends at its length').to.equal(true);
    expect(span.isFull(41), 'ends before it').to.equal(false);
    expect(new ResponseSpan(connectionOf(), 100).isFull(40), 'of unknown length').to.equal(false);
  });
});
