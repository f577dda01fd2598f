// npm run animation: records docs/demo.gif from the demo: a download, a cut connection, the continuation, and an answer.
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { startDemo } from '../../demo/serve.js';
import { findChromium } from '../browsers/find-chromium.js';
import { writeAnimation } from './write-animation.js';

const target = join(import.meta.dirname, '../../docs/demo.gif');
const QUESTION = 'tell me a joke';

/** @typedef {import('./write-animation.js').Frame} Frame */

const demo = await startDemo();
const { executablePath, args } = await findChromium();
const browser = await chromium.launch({ executablePath, args });
const page = await browser.newPage({ viewport: { width: 880, height: 600 }, colorScheme: 'light' });
page.setDefaultTimeout(120_000);
/** @type {Frame[]} */
const frames = [];

try {
  await playStory();
} finally {
  await browser.close();
  await demo.close();
}
const bytes = await writeAnimation(frames, target);
console.log(`${frames.length} frames, ${Math.round(bytes / 1_000)} kB: ${target}`);

async function playStory() {
  const dialog = page.getByRole('dialog');
  const inDialog = (/** @type {RegExp} */ text) => dialog.getByText(text).first();
  await page.goto(`${demo.url}?version=4`);
  // The switches reset the link when they are drawn.
  await page.locator('#faults').getByRole('switch').last().waitFor();
  await setLink({ bandwidth: 6_000_000 });
  await show(1_200);
  await page.locator('#models').getByRole('button', { name: 'Large Chat' }).click();
  await inDialog(/to download/).waitFor();
  await show(2_000);
  await dialog.getByRole('button', { name: 'Download', exact: true }).click();
  await recordUntil(async () => (await percentage()) >= 45, 400);
  await setLink({ offline: true });
  await recordUntil(() => inDialog(/Trying again|connection/i).isVisible(), 400);
  await record(4, 500);
  await setLink({ offline: false, bandwidth: 15_000_000 });
  await recordUntil(() => inDialog(/Ready to use/).isVisible(), 400);
  await show(1_500);
  await page.keyboard.press('Escape');
  await page.getByText('I am ready. Write a message.').waitFor();
  await page.getByLabel('Message to Large Chat').fill(QUESTION);
  await show(1_500);
  await page.keyboard.press('Enter');
  // Two greetings, the row of the download, the question and the answer.
  await page.locator('#messages > *').nth(4).waitFor();
  await page.waitForTimeout(2_000);
  await show(4_000);
}

async function percentage() {
  const text = await page.getByRole('progressbar').first().getAttribute('aria-valuenow');
  return Number(text ?? 0);
}

/** @param {object} controls */
async function setLink(controls) {
  await fetch(new URL('/__hub/control', demo.hubUrl), { method: 'POST', body: JSON.stringify(controls) });
}

/**
 * Takes one frame.
 *
 * @param {number} delay How long it is shown, in ms.
 */
async function show(delay) {
  frames.push({ image: await page.screenshot(), delay });
}

/**
 * Takes frames at an interval.
 *
 * @param {number} count
 * @param {number} interval In ms.
 */
async function record(count, interval) {
  for (let frame = 0; frame < count; frame++) {
    await page.waitForTimeout(interval);
    await show(interval);
  }
}

/**
 * Takes frames until a condition holds.
 *
 * @param {() => Promise<boolean>} isReached
 * @param {number} interval In ms.
 */
async function recordUntil(isReached, interval) {
  while (!(await isReached())) await record(1, interval);
}
