// A reload and a killed browser cost a download at most the incomplete segment.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eachWithProfile, IN_FLIGHT, UNSTORED, versionsOf } from '../links/support.js';

const stage = eachWithProfile();

for (const version of versionsOf(2)) {
  describe(`a download with Transformers.js ${version}`, () => {
    it('is paused after a reload half-way, and continues after its last segment', async () => {
      const link = stage.place.link(version);
      const tab = await stage.profile.tab(link);
      await tab.load();
      await link.sends();
      await tab.isStored();
      const shown = (await tab.states()).map(({ bytesDownloaded }) => bytesDownloaded);
      await tab.reload();
      const { status, bytesDownloaded } = await tab.state();
      assert.equal(status, 'paused');
      // It is stored once a second, and once more at the end of the page.
      assert.ok(bytesDownloaded > 0 && (shown.includes(bytesDownloaded) || bytesDownloaded > shown.at(-1)), 'the bytes of then');
      await link.isQuiet();

      link.hurry();
      await tab.act('resume');
      await tab.works();
      link.costs(UNSTORED + IN_FLIGHT);
    });
  });
}

describe('a download in a browser that is killed half-way', () => {
  it('continues after its last segment at the next start', async () => {
    const link = stage.place.link();
    const tab = await stage.profile.tab(link);
    await tab.load();
    await link.sends();
    await tab.isStored();
    await stage.profile.kill();
    await link.isQuiet();

    link.hurry();
    await stage.profile.launch();
    const next = await stage.profile.tab(link);
    // The browser may not have written the last state yet, so this one can be idle as well as paused.
    await next.load();
    await next.works();
    link.costs(UNSTORED + IN_FLIGHT);
  });
});
