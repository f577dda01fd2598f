// A file that a page's own loader keeps, over several visits, by the hub's log.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eachWithModel, isReady, load, reaches } from './support.js';

const stage = eachWithModel('kept', 'local/tiny-llama');

/** Loads the file at a new visit, and returns its state. */
async function visitAgain() {
  await stage.page.reload();
  await isReady(stage.page);
  await load(stage.page);
  return reaches(stage.page, 'completed');
}

const hash = () =>
  stage.page.evaluate(async () => {
    const digest = await crypto.subtle.digest('SHA-256', await globalThis.downloads.load('model'));
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  });

const storage = () =>
  stage.page.evaluate(async () => {
    const { models } = await globalThis.downloads.storage();
    return models.map(({ modelKey, bytes, partialBytes }) => ({ modelKey, bytes, partialBytes }));
  });

describe('a file that is kept', () => {
  it('is downloaded once while the server has the same version, and then again', async () => {
    const { link, page } = stage;
    await load(page);
    assert.equal((await reaches(page, 'completed')).kept, true);
    assert.equal(await hash(), link.sha256);
    assert.deepEqual(await storage(), [{ modelKey: 'model', bytes: link.size, partialBytes: 0 }]);
    assert.equal((await visitAgain()).kept, true);
    assert.equal(await hash(), link.sha256);
    assert.equal(link.sent, link.size);

    link.set({ replaced: true });
    await visitAgain();
    assert.notEqual(await hash(), link.sha256);
    assert.equal(link.sent, 2 * link.size);
    assert.deepEqual(await storage(), [{ modelKey: 'model', bytes: link.size, partialBytes: 0 }]);

    await page.evaluate(() => globalThis.downloads.remove('model'));
    assert.deepEqual(await storage(), [{ modelKey: 'model', bytes: 0, partialBytes: 0 }]);
  });

  it('is read from this device while the server cannot be reached, and not delivered after a 403', async () => {
    const { link, page } = stage;
    await load(page);
    await reaches(page, 'completed');
    link.set({ status: 403 });
    await page.reload();
    await isReady(page);
    await load(page);
    assert.equal((await reaches(page, 'failed')).failureCode, 'unauthorized');
    await page.route(link.url, (route) => route.abort());
    await visitAgain();
    assert.equal(await hash(), link.sha256);
  });
});
