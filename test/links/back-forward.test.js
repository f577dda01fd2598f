// A user leaves the page and returns: the back/forward cache has the page with its downloads and workers.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eachWithProfile, IN_FLIGHT } from './support.js';
import { WorkerTab } from './worker-support.js';

/** 11.5 MB, slow enough that little is under way when the page is left. */
const MODEL = 'local/medium-chat';
const BANDWIDTH = 4_000_000;

let link;
let keepsPages;

const stage = eachWithProfile(async ({ place, profile }) => {
  link = place.link(4, MODEL);
  link.set({ bandwidth: BANDWIDTH });
  keepsPages ??= await isPlainPageKept(profile);
});

/** A page of the site without any script. */
const plainPage = () => new URL('demo/chat.css', link.pageUrl).href;

/** Whether the browser has a back/forward cache: Chromium's headless shell, the one by npm, has none. */
async function isPlainPageKept(profile) {
  const page = await profile.context.newPage();
  await page.goto(plainPage());
  await page.evaluate(() => (globalThis.isSamePage = true));
  await page.goto(link.pageUrl);
  await page.goBack({ waitUntil: 'commit' });
  const isKept = await page.evaluate(() => globalThis.isSamePage === true);
  await page.close();
  return isKept;
}

/** Goes to another page, after which nothing may be sent, and back to the same page. */
async function leaveAndReturn({ page }) {
  await page.evaluate(() => (globalThis.isSamePage = true));
  await page.goto(plainPage());
  await link.isQuiet();
  await page.goBack({ waitUntil: 'commit' });
  const hindrances = await page.evaluate(() => {
    if (globalThis.isSamePage) return undefined;
    /** @type {any[]} */
    const [{ notRestoredReasons }] = performance.getEntriesByType('navigation');
    return JSON.stringify(notRestoredReasons);
  });
  assert.equal(hindrances, undefined, 'the page was kept aside');
}

/** Checks that nothing was shown to fall, to fail or to end on the way. */
async function wasShownRight(tab) {
  const states = await tab.states();
  const bytes = states.map(({ bytesDownloaded }) => bytesDownloaded);
  assert.deepEqual(
    bytes,
    [...bytes].sort((a, b) => a - b),
  );
  assert.deepEqual(
    states.filter(({ status }) => status === 'failed' || status === 'cancelled'),
    [],
  );
}

describe('a page that is left and restored', () => {
  it('continues its download by a range request, and stays paused if it was paused', async (t) => {
    const tab = await stage.profile.tab(link);
    if (!keepsPages) return t.skip('this browser keeps no page aside');
    await tab.load();
    await link.sends(0.5);
    await leaveAndReturn(tab);
    assert.equal(link.answers[0].aborted, true, 'the connection was closed');
    await link.sends(1.3);

    await tab.act('pause');
    await link.isQuiet();
    await leaveAndReturn(tab);
    assert.equal((await tab.state()).status, 'paused');
    assert.equal(link.answers.length, 2, 'requests for the file');

    link.hurry();
    await tab.act('resume');
    await tab.works();
    link.costs(2 * IN_FLIGHT);
    await wasShownRight(tab);
  });

  it('keeps its worker, idle or downloading', async (t) => {
    const tab = await WorkerTab.open(stage.profile, link);
    if (!keepsPages) return t.skip('this browser keeps no page aside');
    await leaveAndReturn(tab);
    await tab.load();
    await link.sends(0.5);
    await leaveAndReturn(tab);
    assert.equal(link.answers[0].aborted, true, 'the connection was closed');

    link.hurry();
    await tab.works();
    link.costs(IN_FLIGHT);
    assert.equal(link.answers.length, 2);
    assert.equal(await tab.workers(), 1);
    await wasShownRight(tab);
  });
});
