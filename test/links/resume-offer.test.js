// After a reload the tags offer to continue: no code of the page has a part in it.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eachWithProfile, IN_FLIGHT, UNSTORED, until } from './support.js';

const stage = eachWithProfile();

/** A page that was reloaded in the middle of a download. */
async function reloaded() {
  const link = stage.place.link();
  const tab = await stage.profile.tab(link);
  await tab.load();
  await link.sends();
  await tab.isStored();
  await tab.reload();
  await link.isQuiet();
  return { link, tab, mini: tab.page.locator('model-progress-mini'), dialog: tab.page.locator('model-download-dialog') };
}

/** The bytes in the store of unfinished files. */
const storedBytes = ({ page }) =>
  page.evaluate(async () => {
    const cache = await caches.open('model-download-partial-v1');
    const answers = await Promise.all((await cache.keys()).map((key) => cache.match(key)));
    const sizes = await Promise.all(answers.map(async (answer) => (await answer.arrayBuffer()).byteLength));
    return sizes.reduce((sum, size) => sum + size, 0);
  });

describe('a page with the tags, after a reload half-way', () => {
  it('offers to resume in the row, and continues with the stored bytes', async () => {
    const { link, tab, mini } = await reloaded();
    await mini.getByText(/^[\d.]+\sMB of [\d.]+\sMB already on this device$/).waitFor();
    link.hurry();
    await mini.getByRole('button', { name: 'Resume' }).click();
    await tab.works();
    link.costs(UNSTORED + IN_FLIGHT);
    assert.equal(await mini.getByRole('button', { name: 'Resume' }).count(), 0);
  });

  it('offers to resume in the dialog, with the bytes that are stored', async () => {
    const { link, tab, mini, dialog } = await reloaded();
    await mini.getByRole('button', { name: 'Show the download of' }).click();
    await dialog.getByText('Unfinished').waitFor();
    await dialog.getByRole('button', { name: 'Not now' }).waitFor();
    const stored = await storedBytes(tab);
    // The small files are complete, and in the cache of Transformers.js.
    await until('the stored bytes are counted', async () => {
      const { bytesDownloaded } = await tab.state();
      return bytesDownloaded >= stored && bytesDownloaded - stored < 2_000_000;
    });
    link.hurry();
    await dialog.getByRole('button', { name: 'Resume' }).click();
    await tab.works();
    link.costs(UNSTORED + IN_FLIGHT);
  });

  it('does not claim bytes that the browser has deleted', async () => {
    const { tab, mini, dialog } = await reloaded();
    await tab.page.evaluate(() => caches.delete('model-download-partial-v1'));
    await mini.getByRole('button', { name: 'Show the download of' }).click();
    await until('the bytes are counted', async () => (await tab.state()).bytesDownloaded < 2_000_000);
    await dialog.getByRole('button', { name: 'Resume' }).waitFor();
  });

  it('stores the speed of the download for the next decision', async () => {
    const { tab } = await reloaded();
    const speed = await tab.page.evaluate(() => Number(localStorage.getItem('download_speed')));
    assert.ok(speed > 1_000_000 && speed < 40_000_000, `${speed} bytes per second`);
  });
});
