import { expect } from '@open-wc/testing';
import { rejectionOf } from '../../support/rejection-of.js';
import { bytes, damaged, download, expireLimits, hash, liftTimers, PlatformWorker } from './hashed-body.js';
import { sha256 } from './held-file.js';

const started: Worker[] = [];
let onRequest = (): void => undefined;

/** A worker that starts, and replies to no request. */
class SilentWorker extends PlatformWorker {
  constructor(url: string | URL, options?: WorkerOptions) {
    super(url, options);
    started.push(this);
  }

  override postMessage(): void {
    onRequest();
  }
}

globalThis.Worker = SilentWorker;

describe('the hash of a body whose worker starts, and never replies', () => {
  // From its end on this realm starts no worker any more.
  it('is computed in the page: all bodies wait once, and the next ones not at all', async () => {
    // On a busy machine the worker may take longer to start than its limit, half of which is 2.5 s.
    let restoreLimits = liftTimers(2_500);
    onRequest = () => {
      onRequest = () => undefined;
      restoreLimits();
      restoreLimits = expireLimits();
    };
    try {
      const [right, wrong] = await Promise.all([download(bytes), rejectionOf(download(damaged))]);
      expect(await sha256(right)).to.equal(hash);
      expect(wrong).to.include({ code: 'corrupt' });
      expect(started).to.have.lengthOf(1);
      expect(await sha256(await download(bytes))).to.equal(hash);
      expect(await rejectionOf(download(damaged))).to.include({ code: 'corrupt' });
      expect(started).to.have.lengthOf(1);
    } finally {
      restoreLimits();
    }
  });
});
