// The other requests of a page to a worker, and the data that outlives both.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eachWithProfile, IN_FLIGHT, UNSTORED } from './support.js';
import { WorkerTab } from './worker-support.js';

const stage = eachWithProfile();

describe('a model in a worker', () => {
  it('is paused after a reload half-way, and continues after its last segment', async () => {
    const link = stage.place.link();
    const tab = await WorkerTab.open(stage.profile, link);
    await tab.load();
    await link.sends();
    await tab.isStored();
    await tab.reload();
    const { status, bytesDownloaded } = await tab.state();
    assert.equal(status, 'paused');
    assert.ok(bytesDownloaded > 0, 'the bytes of then');
    await link.isQuiet();

    link.hurry();
    await tab.act('resume');
    await tab.works();
    link.costs(UNSTORED + IN_FLIGHT);
  });

  it('is measured, prefetched and removed like a model in the page', async () => {
    const link = stage.place.link(4, 'local/medium-chat');
    link.hurry();
    const tab = await WorkerTab.open(stage.profile, link, { knowsFiles: false });
    const call = (name) => tab.page.evaluate((method) => globalThis.downloads[method]('model'), name);
    const { size, cached, fits } = await call('estimate');
    assert.deepEqual({ cached, fits }, { cached: false, fits: true });
    assert.ok(size >= link.load.size, `${size} bytes`);
    assert.equal(link.sent, 0);

    await call('prefetch');
    const state = await tab.state();
    assert.deepEqual({ status: state.status, cached: state.cached }, { status: 'idle', cached: true });
    await tab.load();
    await tab.works();
    assert.equal(link.extra, 0);

    await tab.act('remove');
    assert.equal((await tab.state()).status, 'idle');
    const [stored] = await tab.page.evaluate(async () => (await globalThis.downloads.storage()).models);
    assert.deepEqual([stored.modelKey, stored.bytes, stored.partialBytes], ['model', 0, 0]);
    await tab.load();
    await tab.works();
    assert.equal(link.extra, link.size);
  });
});
