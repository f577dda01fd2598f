import { expect } from 'chai';
import { platformConnectivity } from 'model-download/core';

type Globals = Partial<Pick<EventTarget, 'addEventListener' | 'removeEventListener'>>;

/** Runs `act` with other global functions, or without any. */
function withGlobals(globals: Globals, act: () => void): void {
  const scope = globalThis as Globals;
  const names = ['addEventListener', 'removeEventListener'] as const;
  const originals = names.map((name) => Object.getOwnPropertyDescriptor(scope, name));
  for (const name of names) Object.defineProperty(scope, name, { configurable: true, value: globals[name] });
  try {
    act();
  } finally {
    for (const [index, name] of names.entries()) {
      const original = originals[index];
      if (original) Object.defineProperty(scope, name, original);
      else Reflect.deleteProperty(scope, name);
    }
  }
}

describe('platformConnectivity', () => {
  it('notifies its listeners when the connection returns, until they end their subscription', () => {
    const target = new EventTarget();
    const globals = {
      addEventListener: target.addEventListener.bind(target),
      removeEventListener: target.removeEventListener.bind(target),
    };
    withGlobals(globals, () => {
      let calls = 0;
      const end = platformConnectivity.onOnline(() => (calls += 1));
      target.dispatchEvent(new Event('offline'));
      expect(calls).to.equal(0);
      target.dispatchEvent(new Event('online'));
      expect(calls).to.equal(1);
      end();
      target.dispatchEvent(new Event('online'));
      expect(calls).to.equal(1);
    });
  });

  it('has no effect on a platform without such events', () => {
    withGlobals({}, () => {
      const end = platformConnectivity.onOnline(() => undefined);
      expect(() => end()).to.not.throw();
    });
  });

  it('reports the connection as the platform does', () => {
    const { navigator } = globalThis as { navigator?: { onLine?: boolean } };
    expect(platformConnectivity.isOnline()).to.equal(navigator?.onLine);
  });

  for (const [onLine, what] of [
    [true, 'online'],
    [false, 'offline'],
    [undefined, 'unknown'],
  ] as const) {
    it(`reports ${what} by navigator.onLine`, () => {
      const original = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
      Object.defineProperty(globalThis, 'navigator', { configurable: true, value: { onLine } });
      try {
        expect(platformConnectivity.isOnline()).to.equal(onLine);
      } finally {
        if (original) Object.defineProperty(globalThis, 'navigator', original);
        else Reflect.deleteProperty(globalThis, 'navigator');
      }
    });
  }

  it('does not know the connection without a navigator', () => {
    const original = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
    Object.defineProperty(globalThis, 'navigator', { configurable: true, value: undefined });
    try {
      expect(platformConnectivity.isOnline()).to.equal(undefined);
    } finally {
      if (original) Object.defineProperty(globalThis, 'navigator', original);
      else Reflect.deleteProperty(globalThis, 'navigator');
    }
  });

  if ('dispatchEvent' in globalThis) {
    it('receives the event of the browser', () => {
      let calls = 0;
      const end = platformConnectivity.onOnline(() => (calls += 1));
      globalThis.dispatchEvent(new Event('online'));
      end();
      globalThis.dispatchEvent(new Event('online'));
      expect(calls).to.equal(1);
    });
  }
});
