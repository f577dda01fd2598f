// The steps of a user in every app: download, minimise, a cut, retry, and a model that answers.
import assert from 'node:assert/strict';
import { until } from '../links/support.js';

/** Slow enough to minimise and to be cut half-way. */
const SLOW = 4_000_000;

const WEIGHTS = 'onnx/model_quantized.onnx';

/** Of the weights, in bytes. */
const SIZE = 11_527_473;

/**
 * @param {import('playwright-core').Page} page Which shows the app.
 * @param {import('../../demo/hub/create-hub.js').ScopeHandle} link Between the app and the hub.
 */
export async function journey(page, link) {
  await download(page, link);
  await page.getByLabel('Message', { exact: true }).fill('why is it so slow?');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText('Speed is measured over time').waitFor();
}

/**
 * The part of it before the model is used.
 *
 * @param {import('playwright-core').Page} page
 * @param {import('../../demo/hub/create-hub.js').ScopeHandle} link
 */
export async function download(page, link) {
  const dialog = page.getByRole('dialog');
  const mini = page.locator('model-progress-mini');
  // The dialog has its own one inside, as a part.
  const recovery = page.locator('download-recovery:not([part])');

  link.control.set({ bandwidth: SLOW });
  await page.getByRole('button', { name: 'Get Medium Chat' }).click();
  await dialog.getByRole('button', { name: 'Download', exact: true }).click();
  await dialog.getByRole('progressbar').and(page.locator('[aria-valuenow]')).waitFor();
  await dialog.getByRole('button', { name: 'Continue in background' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('“chat” goes on in the background.').waitFor();
  await mini.getByRole('progressbar').and(page.locator('[aria-valuenow]')).waitFor();

  await until('a third of the weights', () => sent(link) > SIZE / 3);
  link.control.set({ offline: true });
  await recovery.getByRole('button', { name: 'Retry' }).waitFor();
  assert.ok(sent(link) < SIZE, 'the file was cut');

  link.control.set({ offline: false, bandwidth: 0 });
  await recovery.getByRole('button', { name: 'Retry' }).click();
  await page.getByText('“chat” is tried again.').waitFor();
  await mini.getByText('Ready to use', { exact: true }).waitFor();
  assert.match(weights(link).at(-1)?.range ?? 'from its start', /^bytes=[1-9]\d*-$/, 'it went on where it was');
}

/**
 * The answers with bytes of the weights, without version 4's probes for their size.
 *
 * @param {import('../../demo/hub/create-hub.js').ScopeHandle} link
 */
function weights(link) {
  return link.log.since().filter(({ file, origin, range }) => file === WEIGHTS && origin === 'cdn' && range !== 'bytes=0-0');
}

/** @param {import('../../demo/hub/create-hub.js').ScopeHandle} link */
function sent(link) {
  return weights(link).reduce((sum, { bytesSent }) => sum + bytesSent, 0);
}
