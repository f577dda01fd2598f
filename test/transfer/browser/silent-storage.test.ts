// A storage interface that never answers: the file is loaded without it, once the store has waited as long as it may.
import { expect } from '@open-wc/testing';
import { ModelDownloads } from 'model-download';
import { responseLoader } from 'model-download/adapters/response';
import { ADDRESS, eachWithFile } from '../../support/fake-file.js';
import { keptUrls } from '../../support/fake-hub.js';

eachWithFile();

describe('a page whose storage hangs', () => {
  it('loads its file without keeping it', async () => {
    const open = caches.open.bind(caches);
    caches.open = () => new Promise(() => undefined);
    const load = responseLoader(ADDRESS, { keep: true, read: (response: Response) => response.text() });
    const downloads = new ModelDownloads({ storage: null, models: { own: { load } }, automaticAttempts: 0 });
    try {
      expect(await downloads.load('own')).to.equal('model');
      expect(downloads.getState('own')).to.include({ status: 'completed', kept: false });
    } finally {
      caches.open = open;
    }
    expect(await keptUrls()).to.deep.equal([]);
  });
});
