// Pause and cancel stop the network itself, by the hub's log.
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, it } from 'node:test';
import { eachWithProfile, IN_FLIGHT, isLong } from './support.js';

/** How long a stopped download is observed, in ms: an active one would send 12.5 MB meanwhile. */
const SILENCE = isLong ? 30_000 : 1_000;

let link;
let tab;

eachWithProfile(async ({ place, profile }) => {
  link = place.link();
  tab = await profile.tab(link);
});

/** Checks that the file's connection has been closed before its end, and that nothing is sent afterwards. */
async function nothingComes() {
  await link.isQuiet();
  assert.equal(link.answers.at(-1).aborted, true);
  const log = link.scope.log.since();
  await delay(SILENCE);
  assert.deepEqual(link.scope.log.since(), log);
}

describe('a pause', () => {
  it('closes the connection, and a resume requests the missing bytes', async () => {
    await tab.load();
    await link.sends();
    await tab.act('pause');
    assert.equal((await tab.state()).status, 'paused');
    await nothingComes();
    assert.equal((await tab.state()).status, 'paused');

    link.hurry();
    await tab.act('resume');
    await tab.works();
    link.costs(IN_FLIGHT);
    assert.equal(link.answers.length, 2);
  });

  it('survives a reload', async () => {
    await tab.load();
    await link.sends();
    await tab.act('pause');
    await link.isQuiet();
    await tab.reload();
    assert.equal((await tab.state()).status, 'paused');
    await nothingComes();

    link.hurry();
    await tab.act('resume');
    await tab.works();
    link.costs(IN_FLIGHT);
  });

  it('can be reverted at once', async () => {
    await tab.load();
    await link.sends();
    await tab.page.evaluate(() => {
      globalThis.downloads.pause('model');
      globalThis.downloads.resume('model');
    });
    await tab.works();
    link.costs(IN_FLIGHT);
  });

  it('loses as few bytes while those of an earlier visit are read', async () => {
    await tab.load();
    await link.sends();
    await tab.act('pause');
    await link.isQuiet();
    await tab.reload();
    await tab.act('resume');
    // Reading and checking half of the file takes longer than this much of the rest takes to be sent.
    await link.sends(13.5);
    await tab.act('pause');
    await link.isQuiet();

    link.hurry();
    await tab.act('resume');
    await tab.works();
    link.costs(2 * IN_FLIGHT);
  });

  it('is one of the buttons of the dialog', async () => {
    const press = (name) => tab.page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
    await tab.page.evaluate(() => document.querySelector('model-download-dialog').show());
    await press('Download');
    await link.sends();
    await press('Pause');
    await tab.reaches('paused');
    await nothingComes();

    link.hurry();
    await press('Resume');
    await tab.page.getByRole('dialog').getByText('Ready to use', { exact: true }).waitFor();
    await tab.works();
    link.costs(IN_FLIGHT);
  });
});

describe('a cancel', () => {
  it('leaves nothing running, keeps the received bytes, and the next load continues with them', async () => {
    await tab.load();
    await link.sends();
    await tab.act('cancel');
    const { status, kept } = await tab.reaches('cancelled');
    assert.deepEqual({ status, kept }, { status: 'cancelled', kept: true });
    await nothingComes();

    link.hurry();
    await tab.load();
    await tab.works();
    link.costs(IN_FLIGHT);
  });
});
