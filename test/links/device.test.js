// The stored files of a model: without room for them, at the next visit, and after remove().
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eachWithProfile, IN_FLIGHT, SPEED, until } from './support.js';

let link;
let tab;

const stage = eachWithProfile(async ({ place, profile }) => {
  link = place.link();
  link.hurry();
  tab = await profile.tab(link);
});

/** The address of everything that any cache holds. */
const cached = () =>
  tab.page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map(({ url }) => decodeURIComponent(url));
  });

const storage = () =>
  tab.page.evaluate(async () => {
    const { models } = await globalThis.downloads.storage();
    return models.map(({ modelKey, bytes, partialBytes }) => ({ modelKey, bytes, partialBytes }));
  });

/** Limits the room of the page's origin, in bytes. The browser does not report the limit: `estimate()` contains a fixed room. */
async function limitRoom(quotaSize) {
  const session = await stage.profile.context.newCDPSession(tab.page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(link.pageUrl).origin, quotaSize });
}

/** The bytes that one version of Transformers.js stores: the model, and with version 4 the runtime's file. */
const storedBytes = () =>
  tab.page.evaluate(async () => {
    const cache = await caches.open('transformers-cache');
    const entries = await Promise.all((await cache.keys()).map((request) => cache.match(request)));
    const blobs = await Promise.all(entries.map((entry) => entry.blob()));
    return blobs.reduce((sum, { size }) => sum + size, 0);
  });

describe('a device with room for one copy of the files', () => {
  it('stores them, as plain Transformers.js does, and loads them from there at the next visit', async () => {
    await tab.load();
    await tab.works();
    const size = await until('all files stored', async () => {
      const bytes = await storedBytes();
      return bytes > link.load.size && bytes;
    });
    await tab.act('remove');
    await tab.page.evaluate(() => caches.delete('transformers-cache'));
    await tab.reload();
    await limitRoom(size + 3_000_000);
    link.set({ bandwidth: SPEED });
    await tab.load();
    assert.equal((await tab.works()).kept, true);
    await until('all files stored', async () => (await storedBytes()) === size);
    const { sent } = link;
    await tab.reload();
    await tab.load();
    await tab.works();
    assert.equal(link.sent, sent);
  });
});

describe('a device without room', () => {
  it('downloads a model without keeping it, and reports that', async () => {
    await limitRoom(30_000_000);
    await tab.load();
    const { kept } = await tab.works();
    assert.equal(kept, false);
    assert.equal(link.extra, 0);
  });
});

describe('a cached model', () => {
  it('is reported as cached at the next visit, and loads from the cache', async () => {
    await tab.load();
    assert.equal((await tab.works()).kept, true);
    await tab.reload();
    const { status } = await until('known as cached', async () => {
      const state = await tab.state();
      return state.cached && state;
    });
    assert.equal(status, 'idle');
    await tab.load();
    await tab.works();
    assert.equal(link.extra, 0);
  });

  it('is not offered as unfinished when the visit before ended while it was being prepared', async () => {
    await tab.load();
    await tab.works();
    await tab.page.evaluate(() => {
      const { modelKey, modelName, bytesDownloaded, totalBytes } = globalThis.downloads.getState('model');
      const left = { modelKey, modelName, status: 'preparing', lastUpdate: Date.now(), bytesDownloaded, totalBytes };
      localStorage.setItem('download_state_model', JSON.stringify(left));
    });
    await tab.reload();
    await until('known as cached', async () => {
      const { status, cached } = await tab.state();
      return cached && status === 'idle';
    });
  });

  it('reports the space that it occupies, and is deleted when it is removed', async () => {
    await tab.load();
    await tab.works();
    assert.deepEqual(await storage(), [{ modelKey: 'model', bytes: link.load.size, partialBytes: 0 }]);
    await tab.act('remove');
    const { status, cached: isCached, bytesDownloaded } = await tab.state();
    assert.deepEqual({ status, isCached, bytesDownloaded }, { status: 'idle', isCached: false, bytesDownloaded: 0 });
    assert.deepEqual(await storage(), [{ modelKey: 'model', bytes: 0, partialBytes: 0 }]);
    assert.deepEqual(
      (await cached()).filter((url) => url.includes(link.model.id)),
      [],
    );
  });

  it('is deleted when it is removed half-way', async () => {
    link.set({ bandwidth: SPEED });
    await tab.load();
    await link.sends();
    await tab.act('cancel');
    await link.isQuiet();
    const [{ partialBytes }] = await until('its partial bytes', async () => {
      const models = await storage();
      return models[0].partialBytes > 0 && models;
    });
    assert.ok(partialBytes <= link.sent, `${partialBytes} bytes are held`);
    await tab.act('remove');
    assert.equal((await tab.state()).status, 'idle');
    assert.deepEqual(await storage(), [{ modelKey: 'model', bytes: 0, partialBytes: 0 }]);
    assert.deepEqual(
      (await cached()).filter((url) => url.includes(link.model.id)),
      [],
    );
  });
});

describe('bytes of an earlier visit that are deleted while they are read', () => {
  it('are requested again, and no others', async () => {
    link.set({ bandwidth: SPEED });
    await tab.load();
    await link.sends();
    await tab.act('pause');
    await link.isQuiet();
    const before = link.sent;
    await tab.reload();
    await tab.act('resume');
    await until('a request for the rest', () => link.answers.length === 2);
    await tab.page.evaluate(async () => {
      const cache = await caches.open('model-download-partial-v1');
      await Promise.all((await cache.keys()).map((request) => cache.delete(request)));
    });

    link.hurry();
    await tab.works();
    const states = await tab.states();
    assert.deepEqual(
      states.filter(({ status, failureCode }) => status === 'failed' || failureCode),
      [],
    );
    // The later bytes cannot be used without those before them.
    const [, { bytesSent: useless }] = link.answers;
    assert.equal(link.answers.length, 3);
    assert.ok(
      link.extra <= before + useless + IN_FLIGHT,
      `${link.extra} bytes were sent twice, ${before} were deleted, and ${useless} of no use`,
    );
  });
});
