// A worker that ends half-way sends no message: its downloads fail, and a new one continues with the stored bytes.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eachWithProfile, IN_FLIGHT, UNSTORED, until, versionsOf } from './support.js';
import { WorkerTab } from './worker-support.js';

const stage = eachWithProfile();

for (const version of versionsOf(3)) {
  describe(`a model in a worker with Transformers.js ${version}`, () => {
    it('fails when its worker is terminated, and continues in a new one with the stored bytes', async () => {
      const link = stage.place.link(version);
      const tab = await WorkerTab.open(stage.profile, link);
      await tab.load();
      await link.sends();
      await tab.isStored();
      await tab.kill();
      const { failureCode, error, can } = await tab.reaches('failed');
      assert.equal(failureCode, 'runtime');
      assert.match(error, /worker .* has ended/);
      assert.equal(can.retry, true);
      await link.isQuiet();

      link.hurry();
      await tab.page.locator('download-recovery').getByRole('button', { name: 'Retry', exact: true }).click();
      await until('a fresh worker', async () => (await tab.workers()) === 2);
      await until('its load', async () => (await tab.state()).status !== 'failed');
      await tab.works();
      link.costs(UNSTORED + IN_FLIGHT);
    });
  });
}
