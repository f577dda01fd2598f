// A connection that is lost and returns, and a page without the transfer layer.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { eachWithProfile, IN_FLIGHT, isLong } from './support.js';

const stage = eachWithProfile();

describe('a download that loses its connection', () => {
  it('waits for the connection, and continues by itself', async () => {
    const link = stage.place.link();
    const tab = await stage.profile.tab(link);
    await tab.load();
    await link.sends();
    await stage.profile.context.setOffline(true);
    link.set({ offline: true });
    assert.equal((await tab.reaches('waiting')).failureCode, 'offline');
    await link.isQuiet();
    if (isLong) await delay(20_000);

    link.set({ offline: false });
    link.hurry();
    await stage.profile.context.setOffline(false);
    await tab.works();
    link.costs(IN_FLIGHT);
    const states = await tab.states();
    assert.deepEqual(
      states.filter(({ status }) => status === 'failed'),
      [],
    );
  });
});

for (const version of [2, 3, 4]) {
  describe(`a page without the transfer layer and with Transformers.js ${version}`, () => {
    it('downloads as before, and offers no pause', async () => {
      const link = stage.place.link(version);
      link.hurry();
      const tab = await stage.profile.tab(link, { transfer: false });
      await tab.load();
      await tab.works();
      const states = await tab.states();
      assert.ok(states.some(({ status, bytesDownloaded }) => status === 'downloading' && bytesDownloaded > 0));
      assert.deepEqual(
        states.filter(({ can }) => can.pause),
        [],
      );
      // Version 4 itself requests one byte of each file, to find its size.
      const ranges = link.scope.log.since().filter(({ range }) => range !== null && range !== 'bytes=0-0');
      assert.deepEqual(ranges, []);
      assert.equal(link.extra, 0);
    });
  });
}
