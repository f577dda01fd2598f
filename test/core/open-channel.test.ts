import { expect } from 'chai';
import { openChannel } from '#dist/core/internal.js';

describe('openChannel', () => {
  it('passes on the messages of other channels with the same name', async () => {
    const sender = new BroadcastChannel('open-channel-test');
    let receiver: BroadcastChannel | undefined;
    const received = new Promise<unknown>((resolve) => {
      receiver = openChannel('open-channel-test', resolve);
    });
    sender.postMessage({ modelKey: 'phi' });
    expect(await received).to.deep.equal({ modelKey: 'phi' });
    receiver?.close();
    sender.close();
  });

  it('returns undefined if the platform refuses a channel', () => {
    const native = globalThis.BroadcastChannel;
    globalThis.BroadcastChannel = function refuse(): never {
      throw new DOMException('refused', 'SecurityError');
    } as unknown as typeof BroadcastChannel;
    try {
      expect(openChannel('refused', () => undefined)).to.equal(undefined);
    } finally {
      globalThis.BroadcastChannel = native;
    }
  });
});
