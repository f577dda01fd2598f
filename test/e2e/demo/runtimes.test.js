// The pages of the other runtimes as a visitor uses them, without the internet.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { eachWithDemo } from './stage.js';

const stage = eachWithDemo();
let hosts;
let page;

beforeEach(() => {
  ({ page } = stage);
  hosts = new Set();
  page.on('request', (request) => hosts.add(new URL(request.url()).hostname));
});

afterEach(() => {
  // A script from a blob, such as the code of a worker, has no host.
  assert.deepEqual([...hosts].filter(Boolean), ['127.0.0.1']);
});

const dialog = () => page.getByRole('dialog');
const inDialog = (name) => dialog().getByRole('button', { name, exact: true });

/** @param {'wllama' | 'file' | 'ai-sdk'} name */
async function open(name) {
  await page.goto(new URL(`${name}.html`, stage.demo.url).href);
}

/** Removes the limit of the speed; an open dialog covers the switch. */
async function hurry() {
  await page.keyboard.press('Escape');
  await page.getByRole('switch').uncheck();
}

describe('the pages of other runtimes', () => {
  it('have links in the chat', async () => {
    await page.goto(stage.demo.url);
    const links = page.getByRole('navigation').getByRole('link');
    const addresses = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    for (const name of ['wllama', 'file', 'ai-sdk']) assert.ok(addresses.includes(`${name}.html`), name);
  });

  it('load a GGUF file with wllama, which then answers', async () => {
    await open('wllama');
    await page.getByRole('button', { name: 'Get the llama' }).click();
    await inDialog('Download').click();
    await dialog()
      .getByText(/^\d+%$/)
      .waitFor();
    await dialog()
      .getByText(/^\d\.\d\sMB of 6\.1\sMB$/)
      .waitFor();
    assert.equal(await inDialog('Pause').count(), 0);
    await hurry();
    await page.getByText('“I am a very small llama made on this machine').waitFor();
  });

  it('pause and resume any file, which is complete at the end', async () => {
    await open('file');
    await page.getByRole('button', { name: 'Get the file' }).click();
    await inDialog('Download').click();
    await inDialog('Pause').click();
    await dialog().getByText('Paused').first().waitFor();
    await inDialog('Resume').click();
    await hurry();
    const { models } = await (await fetch(`${stage.demo.hubUrl}/__hub/manifest`)).json();
    const { files } = models.find(({ id }) => id === 'local/medium-chat');
    const { sha256 } = files.find(({ path }) => path === 'onnx/model_quantized.onnx');
    await page.getByText(`SHA-256 ${sha256.slice(0, 16)}…`).waitFor();
  });

  it('show the download of a chat of the AI SDK by its stream, and then the answer', async () => {
    await open('ai-sdk');
    await page.getByRole('button', { name: 'Send' }).click();
    const bar = page.getByRole('progressbar', { name: 'Medium Chat' });
    await bar.and(page.locator('[aria-valuenow]')).waitFor();
    assert.match((await bar.getAttribute('aria-valuetext')) ?? '', /^Downloading, \d+%$/);
    await hurry();
    await page.getByText('Nice to meet you.').waitFor();
  });
});
