// A tab in the background, hidden behind another one: its timers are late, and in the end it is frozen.
// It is controlled by Puppeteer, since Playwright makes every page visible.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import puppeteer from 'puppeteer-core';
import { PATIENCE } from '../e2e/demo/chromium.js';
import { findChromium } from '../../tools/browsers/find-chromium.js';
import { IN_FLIGHT, Place, Tab, until } from './support.js';

/** Flags of Puppeteer that keep hidden tabs fast, and that a user's browser does not have. */
const ignoreDefaultArgs = [
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];

const MODEL = 'local/medium-chat';
const BANDWIDTH = 4_000_000;

let place;
let browser;
let link;
let page;
let other;

before(async () => {
  const { executablePath, args, env } = await findChromium();
  place = await Place.open();
  browser = await puppeteer.launch({
    executablePath,
    args,
    ignoreDefaultArgs,
    timeout: PATIENCE,
    protocolTimeout: 0,
    ...(env ? { env } : {}),
  });
});

after(async () => {
  await browser?.close();
  await place?.close();
});

beforeEach(async () => {
  link = place.link(4, MODEL);
  link.set({ bandwidth: BANDWIDTH });
  const context = await browser.createBrowserContext();
  await context.overridePermissions(new URL(link.pageUrl).origin, ['notifications']);
  [page, other] = [await context.newPage(), await context.newPage()];
  await page.bringToFront();
});

afterEach(() => page.browserContext().close());

/** Opens the page, and records its notifications. */
async function open(path = '/', options = {}) {
  await page.evaluateOnNewDocument(() => {
    globalThis.notified = [];
    globalThis.Notification = class extends Notification {
      constructor(words, options) {
        super(words, options);
        globalThis.notified.push(words);
      }
    };
  });
  const address = new URL(link.address(options));
  address.pathname = path;
  await page.goto(address.href);
  const tab = new Tab(page, link);
  await tab.isReady();
  return tab;
}

/** Hides the page during its download, and freezes it; returns a function that wakes it. */
async function freezeHalfWay(tab) {
  await tab.load();
  await hide();
  await link.sends(0.5);
  const session = await page.createCDPSession();
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  return session;
}

async function hide() {
  await other.bringToFront();
  await page.waitForFunction(() => document.visibilityState === 'hidden', { polling: 100 });
}

/** Shows the page again, and returns the figures of its first frame and the state at that time. */
async function lookAgain() {
  const first = page.evaluate(
    () =>
      new Promise((resolve) => {
        document.addEventListener('visibilitychange', () => {
          requestAnimationFrame(() => {
            const bar = document.querySelector('model-progress-mini').shadowRoot.querySelector('[role=progressbar]');
            const { status, progress } = globalThis.downloads.getState('model');
            resolve({ status, progress, shown: Number(bar.getAttribute('aria-valuenow')) });
          });
        });
      }),
  );
  await page.bringToFront();
  return first;
}

describe('a tab in the background', () => {
  it('continues, shows progress in its title, shows current figures when visible, and notifies of the end', async () => {
    const tab = await open();
    await tab.load();
    await hide();
    await link.sends(1);
    await until('the title follows', async () => parseInt(await page.title(), 10) >= 30);
    const { status, progress, shown } = await lookAgain();
    assert.equal(status, 'downloading');
    assert.equal(shown, Math.floor(progress));
    assert.ok(progress >= 30, `${progress} %`);

    await hide();
    link.hurry();
    await tab.works();
    assert.deepEqual(await page.evaluate(() => globalThis.notified), ['Medium Chat: completed']);
    assert.equal(await page.title(), 'One model and its download');
  });

  it('closes its connection when it is frozen, and continues by a range request', async () => {
    const tab = await open('/');
    const session = await freezeHalfWay(tab);
    await link.isQuiet();
    assert.equal(link.answers.at(-1).aborted, true);

    await session.send('Page.setWebLifecycleState', { state: 'active' });
    link.hurry();
    await tab.reaches('completed');
    assert.equal(link.answers.length, 2);
    link.costs(IN_FLIGHT);
  });

  // The worker is frozen with the page, mostly before it can close anything.
  it('continues after a freeze with the model in a worker, and requests few bytes twice', async () => {
    const tab = await open('/worker.html');
    const session = await freezeHalfWay(tab);
    await session.send('Page.setWebLifecycleState', { state: 'active' });
    link.hurry();
    await tab.reaches('completed');
    assert.ok(link.answers.length <= 2);
    link.costs(IN_FLIGHT);
  });
});
