import { expect } from 'chai';
import { ownSignal } from '#dist/core/own-signal.js';

describe('ownSignal', () => {
  it('aborts with the reason of the signal', () => {
    const controller = new AbortController();
    const own = ownSignal(controller.signal);
    expect(own.aborted).to.equal(false);
    const reason = new Error('no longer needed');
    controller.abort(reason);
    expect([own.aborted, own.reason]).to.deep.equal([true, reason]);
  });

  it('is aborted at once for a signal that is', () => {
    expect(ownSignal(AbortSignal.abort('late'))).to.include({ aborted: true, reason: 'late' });
  });

  it('is the signal itself where the platform cannot derive one', () => {
    const original = Object.getOwnPropertyDescriptor(AbortSignal, 'any');
    Reflect.deleteProperty(AbortSignal, 'any');
    try {
      const { signal } = new AbortController();
      expect(ownSignal(signal)).to.equal(signal);
    } finally {
      if (original) Object.defineProperty(AbortSignal, 'any', original);
    }
  });

  it('is another signal where the platform can', () => {
    const { signal } = new AbortController();
    expect(ownSignal(signal) === signal).to.equal(!('any' in AbortSignal));
  });
});
