import { expect } from 'chai';
import { DownloadFailure } from 'model-download/core';
import { packFailure, unpackFailure } from '#dist/worker/packed-failure.js';

describe('packFailure', () => {
  it('keeps the properties of a failure through a clone', () => {
    const failure = new DownloadFailure('rate-limited', 'Slow down', { httpStatus: 429, retryAfter: 4_000, cause: new RangeError('odd') });
    const packed = structuredClone(packFailure(failure));
    expect(packed).to.deep.equal({
      code: 'rate-limited',
      message: 'Slow down',
      httpStatus: 429,
      retryAfter: 4_000,
      cause: { name: 'RangeError', message: 'odd' },
    });
  });

  it('classifies an error and keeps it as the cause', () => {
    expect(packFailure(new TypeError('Failed to fetch'))).to.deep.include({
      code: 'network',
      cause: { name: 'TypeError', message: 'Failed to fetch' },
    });
  });

  it('has no cause for a failure without one', () => {
    expect(packFailure(new DownloadFailure('quota', 'full')).cause).to.equal(undefined);
  });

  for (const [name, thrown, cause] of [
    ['a text', 'broken', { name: 'Error', message: 'broken' }],
    ['an object without a name and a message', { detail: 1 }, { name: 'Error', message: '' }],
    ['properties that are not texts', { name: 1, message: 2 }, { name: '1', message: '2' }],
  ] as const) {
    it(`accepts ${name} as the cause`, () => {
      expect(packFailure(new DownloadFailure('unknown', 'x', { cause: thrown })).cause).to.deep.equal(cause);
    });
  }
});

describe('unpackFailure', () => {
  it('restores a DownloadFailure and the name of its cause', () => {
    const failure = unpackFailure({
      code: 'http',
      message: 'HTTP 503',
      httpStatus: 503,
      retryAfter: undefined,
      cause: { name: 'TypeError', message: 'odd' },
    });
    expect(failure)
      .to.be.instanceOf(DownloadFailure)
      .and.include({ code: 'http', message: 'HTTP 503', httpStatus: 503, retryAfter: undefined });
    expect(failure.cause).to.be.instanceOf(Error).and.include({ name: 'TypeError', message: 'odd' });
  });

  it('restores a failure without a cause', () => {
    const failure = unpackFailure({ code: 'quota', message: 'full', httpStatus: undefined, retryAfter: undefined, cause: undefined });
    expect(failure.cause).to.equal(undefined);
  });
});
