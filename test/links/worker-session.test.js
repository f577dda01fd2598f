// A session that cannot be created prevents all others of its realm: a retry needs a new worker.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eachWithProfile, IN_FLIGHT, until } from './support.js';
import { WorkerTab } from './worker-support.js';

const stage = eachWithProfile();
const SMALL = 'local/tiny-chat';

for (const version of [2, 3, 4]) {
  describe(`a model with Transformers.js ${version} that cannot be started`, () => {
    it('starts in the new worker that a retry starts', async () => {
      const link = stage.place.link(version, SMALL);
      link.hurry();
      // The length of the graph, behind the version and the producer: nothing can be read from there on.
      link.set({ truncate: 200_000, match: '.onnx' });
      const tab = await WorkerTab.open(stage.profile, link, { verify: 'never', knowsFiles: false });
      await tab.load();
      const { failureCode, can } = await tab.reaches('failed');
      assert.deepEqual({ failureCode, retry: can.retry }, { failureCode: 'runtime', retry: true });

      link.set({ truncate: null });
      // The stored files are the ones that cannot be read.
      await tab.page.evaluate(async () => {
        for (const name of await caches.keys()) await caches.delete(name);
      });
      await tab.page.evaluate(() => globalThis.downloads.retry('model'));
      await until('the retry', async () => (await tab.state()).status !== 'failed');
      await tab.works();
      assert.equal(await tab.workers(), 2);
    });
  });
}

describe('a classic worker', () => {
  for (const version of [2, 3, 4]) {
    it(`loads and pauses as a module does, with Transformers.js ${version}`, async () => {
      const link = stage.place.link(version, 'local/medium-chat');
      link.set({ bandwidth: 4_000_000 });
      const tab = await WorkerTab.open(stage.profile, link, { kind: 'classic' });
      await tab.load();
      await until('a third', () => link.sent > link.size / 3);
      await tab.act('pause');
      await link.isQuiet();
      assert.equal((await tab.state()).status, 'paused');
      link.hurry();
      await tab.act('resume');
      await tab.works();
      link.costs(IN_FLIGHT);
    });
  }
});
