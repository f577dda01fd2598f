import { expect } from 'chai';
import { abortable, combineSignals, followSignal } from '#dist/transfer/network/abortable.js';
import { deferred } from '../../support/deferred.js';
import { rejectionOf } from '../../support/rejection-of.js';

/** A signal that counts the listeners on it. */
function countedSignal() {
  const controller = new AbortController();
  const { signal } = controller;
  const listeners = new Set<unknown>();
  const { addEventListener, removeEventListener } = signal;
  Object.assign(signal, {
    addEventListener: (...given: Parameters<typeof addEventListener>) => {
      listeners.add(given[1]);
      Reflect.apply(addEventListener, signal, given);
    },
    removeEventListener: (...given: Parameters<typeof removeEventListener>) => {
      listeners.delete(given[1]);
      Reflect.apply(removeEventListener, signal, given);
    },
  });
  return { controller, signal, listeners };
}

describe('abortable', () => {
  it('settles as the promise does, and leaves no listener on the signal', async () => {
    const { signal, listeners } = countedSignal();
    expect(await abortable(Promise.resolve(1), signal)).to.equal(1);
    expect(listeners.size).to.equal(0);
    const error = new Error('no');
    expect(await rejectionOf(abortable(Promise.reject(error), signal))).to.equal(error);
    expect(listeners.size).to.equal(0);
  });

  it('rejects with the reason of a signal that aborts first', async () => {
    const controller = new AbortController();
    const { promise, resolve } = deferred<number>();
    const waiting = abortable(promise, controller.signal);
    const reason = new Error('enough');
    controller.abort(reason);
    expect(await rejectionOf(waiting)).to.equal(reason);
    resolve(1);
  });

  it('rejects with the reason of a signal that has aborted before', async () => {
    const reason = new Error('enough');
    expect(await rejectionOf(abortable(Promise.resolve(1), AbortSignal.abort(reason)))).to.equal(reason);
  });
});

describe('combineSignals', () => {
  it('aborts with the own signal, and with each of the others', () => {
    for (const which of [0, 1, 2]) {
      const controllers = [new AbortController(), new AbortController(), new AbortController()];
      const [own, ...others] = controllers.map(({ signal }) => signal) as [AbortSignal, ...AbortSignal[]];
      const combined = combineSignals(own, [undefined, ...others, null]);
      expect(combined.aborted).to.equal(false);
      controllers[which]?.abort(which);
      expect(combined.reason).to.equal(which);
    }
  });

  it('is the own signal without others, and in browsers without AbortSignal.any', () => {
    const own = new AbortController().signal;
    expect(combineSignals(own, [])).to.equal(own);
    expect(combineSignals(own, [null, undefined])).to.equal(own);
    const { any } = AbortSignal;
    Reflect.deleteProperty(AbortSignal, 'any');
    try {
      expect(combineSignals(own, [new AbortController().signal])).to.equal(own);
    } finally {
      Object.defineProperty(AbortSignal, 'any', { value: any, configurable: true, writable: true });
    }
  });
});

describe('followSignal', () => {
  it('aborts the controller with the reason of any signal', () => {
    const [first, second] = [new AbortController(), new AbortController()];
    const controller = new AbortController();
    followSignal(controller, [first.signal, undefined, null, second.signal]);
    expect(controller.signal.aborted).to.equal(false);
    second.abort('second');
    expect(controller.signal.reason).to.equal('second');
  });

  it('aborts the controller at once for a signal that has aborted before', () => {
    const controller = new AbortController();
    followSignal(controller, [new AbortController().signal, AbortSignal.abort('before')]);
    expect(controller.signal.reason).to.equal('before');
  });

  it('ends when the returned function is called', () => {
    const [first, second] = [new AbortController(), new AbortController()];
    const controller = new AbortController();
    const unfollow = followSignal(controller, [first.signal, second.signal]);
    unfollow();
    first.abort();
    expect(controller.signal.aborted).to.equal(false);
  });
});
