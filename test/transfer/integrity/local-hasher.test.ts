import { expect } from 'chai';
import { startLocalHasher } from '#dist/transfer/integrity/local-hasher.js';
import { stubGlobal } from '../../support/stub-global.js';
import { rejectionOf } from '../../support/rejection-of.js';

const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
const KiB = 1024;

/** Counts the turns of the event loop that are waited for, while the time advances by `step` ms at each read. */
function countTurns(step: number) {
  const Channel = globalThis.MessageChannel;
  const counted = { turns: 0 };
  const restoreChannel = stubGlobal('MessageChannel', {
    value: class extends Channel {
      constructor() {
        super();
        counted.turns += 1;
      }
    },
  });
  let now = performance.now();
  const own = Object.getOwnPropertyDescriptor(performance, 'now');
  Object.defineProperty(performance, 'now', { value: () => (now += step), configurable: true });
  const restore = (): void => {
    restoreChannel();
    if (own) Object.defineProperty(performance, 'now', own);
    else Reflect.deleteProperty(performance, 'now');
  };
  return { counted, restore };
}

describe('startLocalHasher', () => {
  it('hashes bytes in pieces, in their order', async () => {
    const stream = (await startLocalHasher('sha256')).open('sha256');
    const updating = [stream.update(Uint8Array.of(97)), stream.update(Uint8Array.of(98)), stream.update(Uint8Array.of(99))];
    expect(await stream.digest()).to.equal(ABC);
    await Promise.all(updating);
  });

  it('hashes more than one slice', async () => {
    const hasher = await startLocalHasher('sha1');
    const bytes = Uint8Array.from({ length: 200 * KiB }, (_, index) => index % 251);
    const [whole, pieces] = [hasher.open('sha1'), hasher.open('sha1')];
    await whole.update(bytes);
    for (let start = 0; start < bytes.length; start += 7 * KiB) await pieces.update(bytes.slice(start, start + 7 * KiB));
    const digest = await whole.digest();
    expect(digest).to.have.lengthOf(40);
    expect(await pieces.digest()).to.equal(digest);
    hasher.close();
  });

  it('uses another implementation for the algorithms that WebAssembly lacks', async () => {
    for (const [algorithm, digits] of [
      ['sha384', 96],
      ['sha512', 128],
    ] as const) {
      expect(await (await startLocalHasher(algorithm)).open(algorithm).digest()).to.have.lengthOf(digits);
    }
  });

  it('lets the page respond after each slice that took long', async () => {
    const stream = (await startLocalHasher('sha256')).open('sha256');
    const { counted, restore } = countTurns(5);
    try {
      await stream.update(new Uint8Array(4 * 64 * KiB));
    } finally {
      restore();
    }
    expect(counted.turns).to.equal(4);
  });

  it('goes on in the same turn while hashing is fast', async () => {
    const stream = (await startLocalHasher('sha256')).open('sha256');
    const { counted, restore } = countTurns(1);
    try {
      // The first turn of this test begins.
      while (counted.turns === 0) await stream.update(new Uint8Array(64 * KiB));
      counted.turns = 0;
      await stream.update(new Uint8Array(3 * 64 * KiB));
      expect(counted.turns).to.equal(0);
      await stream.update(new Uint8Array(2 * 64 * KiB));
      expect(counted.turns).to.equal(1);
    } finally {
      restore();
    }
  });

  it('rejects the digest of a closed hash, and hashes no more slices', async () => {
    const stream = (await startLocalHasher('sha256')).open('sha256');
    const { counted, restore } = countTurns(5);
    try {
      const updating = stream.update(new Uint8Array(100 * 64 * KiB));
      stream.close();
      await updating;
      expect(counted.turns).to.be.at.most(1);
      expect(await rejectionOf(stream.digest())).to.include({ message: 'The hash was closed' });
    } finally {
      restore();
    }
  });
});
