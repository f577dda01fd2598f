// A prefetch brings the files and starts nothing; a later load needs no network.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eachWithProfile, filesSent, IN_FLIGHT } from './support.js';

const stage = eachWithProfile();

/** A tab whose page has no `files` of the model. */
async function tabOf(link) {
  return stage.profile.tab(link, { knowsFiles: false, namespace: link.model.id });
}

describe('a prefetch', () => {
  it('can be paused and resumed, and a load that starts meanwhile waits for it', async () => {
    const link = stage.place.link(4);
    const tab = await tabOf(link);
    await tab.page.evaluate(() => void globalThis.downloads.prefetch('model'));
    await link.sends();
    await tab.act('pause');
    await link.isQuiet();
    await tab.load();
    link.hurry();
    await tab.act('resume');
    await tab.works();
    link.costs(IN_FLIGHT);
  });

  it('reports why it fails if the hub lists no files', async () => {
    const link = stage.place.link(4, 'local/tiny-chat');
    link.set({ match: '/api/', status: 404 });
    const tab = await tabOf(link);
    await tab.page.evaluate(() => void globalThis.downloads.prefetch('model').catch(() => undefined));
    const { error, can } = await tab.reaches('failed');
    assert.match(error, /No source lists the files of local\/tiny-chat/);
    assert.equal(can.retry, true);
  });
});

for (const version of [2, 3, 4]) {
  describe(`a prefetch with Transformers.js ${version}`, () => {
    it('downloads every model, which then loads without a network', async () => {
      const tabs = [];
      for (const id of stage.place.models(version)) {
        const link = stage.place.link(version, id);
        link.hurry();
        const tab = await tabOf(link);
        await tab.page.evaluate(() => globalThis.downloads.prefetch('model'));
        const { status, cached } = await tab.state();
        assert.deepEqual({ id, status, cached }, { id, status: 'idle', cached: true });
        const sent = filesSent(link).filter((file) => file !== 'config.json');
        const needed = link.load.files.map(({ path }) => path).filter((path) => path !== 'config.json');
        assert.deepEqual(sent.sort(), needed.sort());
        assert.equal((await tab.page.evaluate(() => globalThis.downloads.estimate('model'))).cached, true);
        tabs.push(tab);
      }
      await stage.profile.context.setOffline(true);
      for (const tab of tabs) {
        tab.link.set({ offline: true });
        await tab.load();
        await tab.reaches('completed');
        await tab.page.close();
      }
    });
  });
}
