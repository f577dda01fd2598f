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

  it('does not keep a process alive where the platform has such a switch, and opens where it has none', () => {
    const native = globalThis.BroadcastChannel;
    let released = 0;
    class Switched {
      onmessage: unknown;
      unref(): void {
        released += 1;
      }
    }
    class Plain {
      onmessage: unknown;
    }
    try {
      globalThis.BroadcastChannel = Switched as unknown as typeof BroadcastChannel;
      expect(openChannel('switched', () => undefined)).to.be.instanceOf(Switched);
      globalThis.BroadcastChannel = Plain as unknown as typeof BroadcastChannel;
      expect(openChannel('plain', () => undefined)).to.be.instanceOf(Plain);
    } finally {
      globalThis.BroadcastChannel = native;
    }
    expect(released).to.equal(1);
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
