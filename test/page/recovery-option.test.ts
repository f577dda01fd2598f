// Whether a load waits for the user after a failure, by the option `recovery` and the connection to a document.
import { expect } from '@open-wc/testing';
import { ModelDownloads, type ModelDownloadsOptions } from 'model-download';
import { FakeWorker } from '../support/fake-worker.js';
import { rejectionOf } from '../support/rejection-of.js';

const models = { phi: { load: () => Promise.reject(new TypeError('Failed to fetch')), files: [] } };

/** Whether the next load of a manager waits for the user after its failure. */
async function waitsForUser(downloads: ModelDownloads): Promise<boolean | undefined> {
  const failed = new Promise<void>((resolve) => {
    downloads.subscribe('phi', ({ status }) => {
      if (status === 'failed') resolve();
    });
  });
  const loading = rejectionOf(downloads.load('phi'));
  await failed;
  const waits = downloads.getState('phi')?.can.retry;
  downloads.cancel('phi');
  await loading;
  return waits;
}

const managerOf = (options: ModelDownloadsOptions = {}): ModelDownloads =>
  new ModelDownloads({ storage: null, automaticAttempts: 0, ...options });

describe('a load that fails', () => {
  it('waits for the user only while the manager is connected, whatever was called before', async () => {
    const downloads = managerOf({ models });
    await downloads.estimate('phi');
    expect(await waitsForUser(downloads), 'before').to.equal(false);
    const disconnect = downloads.connect(new EventTarget());
    expect(await waitsForUser(downloads), 'connected').to.equal(true);
    disconnect();
    expect(await waitsForUser(downloads), 'disconnected').to.equal(false);
    downloads.dispose();
  });

  it('does so in a worker, too', async () => {
    const worker = new FakeWorker().expose({ models, transfer: false, automaticAttempts: 0 });
    const downloads = managerOf();
    await downloads.connectWorker(worker.asWorker);
    expect(await waitsForUser(downloads), 'before').to.equal(false);
    const disconnect = downloads.connect(new EventTarget());
    expect(await waitsForUser(downloads), 'connected').to.equal(true);
    disconnect();
    expect(await waitsForUser(downloads), 'disconnected').to.equal(false);
    downloads.dispose();
  });

  it('follows the option instead', async () => {
    const asking = managerOf({ models, recovery: 'ask' });
    expect(await waitsForUser(asking)).to.equal(true);
    const automatic = managerOf({ models, recovery: 'automatic' });
    automatic.connect(new EventTarget());
    expect(await waitsForUser(automatic)).to.equal(false);
    for (const downloads of [asking, automatic]) downloads.dispose();
  });
});
