// A storage interface that never answers: the file is loaded without it, once the store has waited as long as it may.
import { expect } from '@open-wc/testing';
import { ModelDownloads } from 'model-download';
import { responseLoader } from 'model-download/adapters/response';
import { clearCaches, FakeHub } from '../../support/fake-hub.js';

const FILE = 'https://files.test/a/model.bin';

let hub: FakeHub;

beforeEach(async () => {
  await clearCaches();
  hub = new FakeHub();
});

afterEach(async () => {
  hub.close();
  await clearCaches();
});

describe('a page whose storage hangs', () => {
  it('loads its file without keeping it', async () => {
    const open = caches.open.bind(caches);
    caches.open = () => new Promise(() => undefined);
    hub.put(FILE, 'first', { ETag: '"1"' });
    const load = responseLoader(FILE, { keep: true, read: (response: Response) => response.text() });
    const downloads = new ModelDownloads({ storage: null, models: { own: { load } }, automaticAttempts: 0 });
    try {
      expect(await downloads.load('own')).to.equal('first');
    } finally {
      caches.open = open;
    }
    expect(downloads.getState('own')?.status).to.equal('completed');
  });
});
