import { expect } from 'chai';
import { platformConnectivity } from 'model-download/core';

describe('the platform’s connectivity', () => {
  it('notifies its listeners when the browser is online again', () => {
    let told = 0;
    const stop = platformConnectivity.onOnline(() => told++);
    globalThis.dispatchEvent(new Event('online'));
    expect(told).to.equal(1);
    stop();
    globalThis.dispatchEvent(new Event('online'));
    expect(told).to.equal(1);
  });

  it('returns the browser’s own value', () => {
    expect(platformConnectivity.isOnline()).to.equal(navigator.onLine);
  });
});
