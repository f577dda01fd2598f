import { expect } from 'chai';
import { attempt } from '#dist/core/internal.js';

describe('attempt', () => {
  it('returns the result, whatever it is', () => {
    for (const result of ['text', 0, '', false, null]) expect(attempt(() => result)).to.equal(result);
  });

  it('calls the function once, and at once', () => {
    let calls = 0;
    attempt(() => (calls += 1));
    expect(calls).to.equal(1);
  });

  it('returns undefined if the function throws, also what is not an error', () => {
    const blocked = (cause: unknown) => (): string => {
      throw cause;
    };
    expect(attempt(blocked(new DOMException('The operation is insecure.', 'SecurityError')))).to.equal(undefined);
    expect(attempt(blocked(undefined))).to.equal(undefined);
  });

  it('does not handle a promise that rejects', async () => {
    const cause = new Error('later');
    const result = await attempt(() => Promise.reject(cause))?.catch((error: unknown) => error);
    expect(result).to.equal(cause);
  });
});
