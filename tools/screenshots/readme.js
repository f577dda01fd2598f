// Takes the picture at the top of the README, from the running demo: `node tools/screenshots/readme.js`.
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { startDemo } from '../../demo/serve.js';
import { findChromium } from '../browsers/find-chromium.js';

const picture = join(import.meta.dirname, '../../docs/dialog.png');

const demo = await startDemo();
const { executablePath, args } = await findChromium();
const browser = await chromium.launch({ executablePath, args });
const page = await browser.newPage({ viewport: { width: 1120, height: 640 }, deviceScaleFactor: 1.5 });
await page.goto(demo.url);
await page.getByLabel('Slow: 1 MB/s').check();
await page.getByRole('button', { name: /Medium Chat/ }).click();
await page.getByRole('button', { name: 'Download', exact: true }).click();
await page.getByRole('button', { name: 'Show details' }).click();
// The time left is shown when it can be estimated.
await page.getByRole('dialog').getByText('left').waitFor();
await page
  .getByRole('dialog')
  .getByText(/^[4-9]\d\s?%$/)
  .waitFor();
await page.screenshot({ path: picture });
await browser.close();
await demo.close();
