import { expect } from '@open-wc/testing';
import { rejectionOf } from '../../support/rejection-of.js';
import { bytes, damaged, download, hash, PlatformWorker } from './hashed-body.js';
import { sha256 } from './held-file.js';

const platformTimeout = globalThis.setTimeout;

/** Makes the next time limit expire at once. Each waits twice for half of its time. */
function expireNextLimit(): void {
  let left = 2;
  globalThis.setTimeout = ((callback: () => void) => {
    left -= 1;
    if (left === 0) globalThis.setTimeout = platformTimeout;
    return platformTimeout(callback, 0);
  }) as typeof setTimeout;
}

/** A worker that never starts. */
class DeadWorker extends PlatformWorker {
  constructor() {
    super(URL.createObjectURL(new Blob([''])));
    // The wait that begins now is for this worker.
    expireNextLimit();
  }
}

globalThis.Worker = DeadWorker;

describe('the hash of a body', () => {
  it('is computed in the page, in short tasks, if a worker never starts', async () => {
    const { postMessage } = MessagePort.prototype;
    let turns = 0;
    MessagePort.prototype.postMessage = function (this: MessagePort, message: unknown): void {
      turns += 1;
      postMessage.call(this, message);
    };
    try {
      expect(await rejectionOf(download(damaged))).to.include({ code: 'corrupt' });
      expect(await sha256(await download(bytes))).to.equal(hash);
      expect(turns).to.be.greaterThan(4);
    } finally {
      MessagePort.prototype.postMessage = postMessage;
    }
  });
});
