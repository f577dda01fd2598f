// The two shortest ways into the demo, in a real browser: its story, which plays by itself, and the page with one script tag.
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { eachWithDemo } from './stage.js';

const stage = eachWithDemo();
let page;

beforeEach(() => {
  ({ page } = stage);
});

const inDialog = (name) => page.getByRole('dialog').getByRole('button', { name, exact: true });

describe('the story of the demo', () => {
  it('plays by itself: a download, a broken connection, a reload, and an answer', async () => {
    await page.goto(`${stage.demo.url}?version=4`);
    // The faults draw last, and drawing them resets the link.
    await page.locator('#faults').getByRole('switch').last().waitFor();
    assert.equal(await page.getByRole('switch', { name: 'Slow: 1 MB/s' }).isChecked(), true);
    await page.getByText('Hello. Choose a model').waitFor();
    await page.getByRole('button', { name: 'Show me' }).click();
    const line = page.locator('#line');
    const reads = async (words) => {
      const shown = await line.filter({ hasText: new RegExp(`${words}|has ended early`) }).textContent();
      assert.ok(shown?.includes(words), shown ?? '');
    };
    for (const words of ['what a download costs', 'counts real bytes', 'connection breaks', 'continues at the next byte'])
      await reads(words);
    await reads('the dialog offers to continue');
    await inDialog('Resume').waitFor();
    await reads('Only the rest is downloaded');
    await reads('answers in this page');
    await page.locator('.message', { hasText: 'tell me a joke' }).waitFor();
    await line.waitFor({ state: 'hidden' });
    assert.equal(await page.locator('.message').count(), 4, 'two greetings, the question and the answer');
    assert.equal(await page.getByRole('button', { name: 'Show me' }).isEnabled(), true);
  });
});

describe('the page with one script tag', () => {
  it('downloads and runs a model without a build', async () => {
    await page.goto(new URL('plain.html', stage.demo.url).href);
    await page.getByRole('button', { name: 'Get the translator' }).click();
    await inDialog('Download').click();
    await page.getByText('“Hello world” is “Hallo Welt”').waitFor();
  });
});
