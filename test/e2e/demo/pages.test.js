// Every page of the demo, as a visitor opens it: an icon, no error in the console, and no missing file.
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { eachWithDemo } from './stage.js';

const stage = eachWithDemo();
const files = await readdir(join(import.meta.dirname, '../../../demo/site'));

describe('a page of the demo', () => {
  for (const name of files.filter((file) => file.endsWith('.html'))) {
    it(`opens without an error, and has an icon: ${name}`, async () => {
      const { page, demo } = stage;
      /** @type {string[]} */
      const complaints = [];
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
      });
      page.on('response', (response) => {
        if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
      });
      page.on('requestfailed', (request) => complaints.push(`${request.failure()?.errorText} ${request.url()}`));
      await page.goto(new URL(name, demo.url).href);
      await page.waitForFunction(() => !document.querySelector(':not(:defined)'));
      const icon = await page.locator('link[rel="icon"]').evaluate((link) => /** @type {HTMLLinkElement} */ (link).href);
      const { status, type } = await page.evaluate(async (address) => {
        const response = await fetch(address);
        return { status: response.status, type: response.headers.get('content-type') };
      }, icon);
      assert.deepEqual([status, type], [200, 'image/svg+xml']);
      assert.deepEqual(complaints, []);
    });
  }
});
