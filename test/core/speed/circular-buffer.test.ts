import { expect } from 'chai';
import { CircularBuffer } from 'model-download/core';

function filled(capacity: number, count: number): CircularBuffer<number> {
  const buffer = new CircularBuffer<number>(capacity);
  for (let item = 1; item <= count; item++) buffer.push(item);
  return buffer;
}

describe('CircularBuffer', () => {
  it('keeps the newest items, oldest first', () => {
    expect([...filled(3, 2)]).to.deep.equal([1, 2]);
    expect([...filled(3, 5)]).to.deep.equal([3, 4, 5]);
    expect([...filled(3, 300)]).to.deep.equal([298, 299, 300]);
  });

  it('reports its number of items', () => {
    expect(filled(3, 0).size).to.equal(0);
    expect(filled(3, 2).size).to.equal(2);
    expect(filled(3, 9).size).to.equal(3);
  });

  it('averages over its items only', () => {
    expect(filled(2, 4).getAverage((item) => item)).to.equal(3.5);
    expect(filled(2, 4).getAverage((item) => item * 10)).to.equal(35);
  });

  it('has no average while it is empty', () => {
    expect(filled(2, 0).getAverage((item) => item)).to.equal(undefined);
    const cleared = filled(2, 4);
    cleared.clear();
    expect(cleared.getAverage((item) => item)).to.equal(undefined);
  });

  it('is usable after it was cleared', () => {
    const buffer = filled(3, 5);
    buffer.clear();
    buffer.push(9);
    expect([...buffer]).to.deep.equal([9]);
  });

  it('keeps only the newest item with a capacity of 1', () => {
    const buffer = filled(1, 0);
    expect([...buffer]).to.deep.equal([]);
    for (const item of [7, 8, 9]) {
      buffer.push(item);
      expect([...buffer]).to.deep.equal([item]);
    }
    expect([buffer.size, buffer.capacity]).to.deep.equal([1, 1]);
  });

  it('keeps items that are undefined, and their order while it fills again', () => {
    const buffer = new CircularBuffer<number | undefined>(2);
    for (const item of [1, undefined, undefined]) buffer.push(item);
    expect([...buffer]).to.deep.equal([undefined, undefined]);
    buffer.clear();
    for (const item of [3, 4, 5]) buffer.push(item);
    expect([...buffer]).to.deep.equal([4, 5]);
  });

  it('rejects a capacity that is not a whole number from 1 up', () => {
    for (const capacity of [0, -1, 1.5, Number.NaN, Infinity]) {
      expect(() => new CircularBuffer(capacity)).to.throw(RangeError, 'capacity');
    }
  });
});
