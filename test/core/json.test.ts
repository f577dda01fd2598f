import { expect } from 'chai';
import { fieldsOf, isRecord, readBytes } from '#dist/core/internal.js';

describe('isRecord', () => {
  it('accepts objects and arrays only', () => {
    for (const value of [{}, [], new Date(0)]) expect(isRecord(value)).to.equal(true);
    for (const value of [null, undefined, 5, 'text', true, () => undefined]) expect(isRecord(value), String(value)).to.equal(false);
  });
});

describe('fieldsOf', () => {
  it('returns an object as it is, and an empty one for anything else', () => {
    const value = { a: 1 };
    expect(fieldsOf(value)).to.equal(value);
    for (const other of [null, undefined, 5, 'text']) expect(fieldsOf(other), String(other)).to.deep.equal({});
  });
});

describe('readBytes', () => {
  it('returns whole numbers from 0 up', () => {
    expect([0, 5, 5.9, 2 ** 43].map(readBytes)).to.deep.equal([0, 5, 5, 2 ** 43]);
  });

  it('returns undefined for a number of bytes that no file can have', () => {
    for (const value of [-1, NaN, Infinity, 2 ** 43 + 1, '5', null, undefined, {}]) {
      expect(readBytes(value), JSON.stringify(value)).to.equal(undefined);
    }
  });
});
