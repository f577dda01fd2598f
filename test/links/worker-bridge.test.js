// A model in a worker: the page shows and does the same as for its own models, by the hub's log.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eachWithProfile, IN_FLIGHT, versionsOf } from './support.js';
import { WorkerTab } from './worker-support.js';

const stage = eachWithProfile();

for (const version of versionsOf(4)) {
  describe(`a model in a worker with Transformers.js ${version}`, () => {
    it('shows progress that never falls, survives a cut, a pause and a resume, and runs', async () => {
      const link = stage.place.link(version);
      link.set({ cutAfter: 20_000_000, cutTimes: 1, match: '.onnx' });
      const tab = await WorkerTab.open(stage.profile, link, { random: undefined });
      await tab.load();
      await link.sends();
      await tab.act('pause');
      assert.equal((await tab.state()).status, 'paused');
      await link.isQuiet();
      assert.equal(link.answers.at(-1).aborted, true);
      assert.equal((await tab.state()).status, 'paused');

      link.hurry();
      await tab.act('resume');
      const { bytesDownloaded, totalBytes, progress } = await tab.works();
      link.costs(2 * IN_FLIGHT);
      assert.equal(link.answers.length, 3);
      assert.deepEqual({ bytesDownloaded, progress }, { bytesDownloaded: totalBytes, progress: 100 });
      const shown = (await tab.states()).map(({ bytesDownloaded: bytes }) => bytes);
      assert.ok(new Set(shown).size > 5, 'progress is shown');
      assert.deepEqual(
        shown,
        [...shown].sort((a, b) => a - b),
      );
      assert.equal(await tab.workers(), 1);
    });

    it('is cancelled at once, and the next load continues with the received bytes', async () => {
      const link = stage.place.link(version);
      const tab = await WorkerTab.open(stage.profile, link);
      await tab.load();
      await link.sends();
      await tab.act('cancel');
      const { kept, can } = await tab.reaches('cancelled');
      assert.deepEqual({ kept, retry: can.retry }, { kept: true, retry: true });
      await link.isQuiet();
      assert.equal(link.answers.at(-1).aborted, true);

      link.hurry();
      await tab.load();
      await tab.works();
      link.costs(IN_FLIGHT);
      assert.equal(await tab.workers(), 1);
    });
  });
}
