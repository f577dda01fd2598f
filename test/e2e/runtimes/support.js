// A page with one model of another runtime, and a hub that logs the sent bytes.
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { after, afterEach, before, beforeEach } from 'node:test';
import { launch, openPage } from '../demo/chromium.js';
import { serve } from '../../links/serve.js';
import { until } from '../../links/support.js';

/** How long a stopped download is observed, in ms: an active one would send more than a megabyte meanwhile. */
const SILENCE = 250;

/** The most that the hub hands to a connection at once, in bytes. */
const PIECE = 64 * 1024;

/** The single file of a model, and the truth about its bytes. */
class FileLink {
  /**
   * @param {import('../../../demo/hub/create-hub.js').ScopeHandle} scope
   * @param {{ id: string, path: string, size: number, sha256: string }} file
   */
  constructor(scope, { id, path, size, sha256 }) {
    this.url = `${scope.url}${id}/resolve/main/${path}`;
    this.size = size;
    this.sha256 = sha256;
    this.scope = scope;
    this.path = path;
  }

  /** @param {Partial<import('../../../demo/hub/controls.js').ControlValues>} controls */
  set(controls) {
    this.scope.control.set(controls);
  }

  /** The answers with bytes of the file, in their order. */
  get answers() {
    return this.scope.log.since().filter(({ file, origin, method }) => file === this.path && origin === 'cdn' && method === 'GET');
  }

  /** Bytes of the file that were sent. */
  get sent() {
    return this.answers.reduce((sum, { bytesSent }) => sum + bytesSent, 0);
  }

  /** Checks that the connection was closed before its end, and that nothing is sent afterwards. */
  async isSilent() {
    await until('the end of the connection', () => this.answers.at(-1)?.aborted);
    const before = this.scope.log.since().map(({ bytesSent }) => bytesSent);
    await delay(SILENCE);
    const after = this.scope.log.since().map(({ bytesSent }) => bytesSent);
    assert.equal(after.length, before.length, 'no request follows');
    // The last piece that was written to a closed connection still counts.
    after.forEach((bytes, index) => assert.ok(bytes - before[index] <= PIECE, `${bytes - before[index]} bytes more were sent`));
  }
}

/**
 * Gives each test of a file its own page with one model, in a shared browser.
 *
 * @param {'wllama' | 'web-llm' | 'file' | 'kept'} runtime
 * @param {string} id The id of the model, which has one file.
 */
export function eachWithModel(runtime, id) {
  /** @type {{ page: import('playwright-core').Page, link: FileLink }} */
  const stage = Object.create(null);
  let served;
  let browser;
  let visit;
  let tests = 0;
  before(async () => {
    [served, browser] = await Promise.all([serve('test/e2e/runtimes/page'), launch()]);
  });
  after(async () => {
    await browser?.close();
    await served?.close();
  });
  beforeEach(async () => {
    const [file] = served.manifest.models.find((model) => model.id === id).files;
    stage.link = new FileLink(served.hub.scope(`test-${++tests}`), { id, ...file });
    visit = await openPage(browser);
    stage.page = visit.page;
    const settings = JSON.stringify({ runtime, url: stage.link.url });
    await visit.page.goto(`${served.url}?${new URLSearchParams({ settings })}`);
    await isReady(visit.page);
  });
  afterEach(async () => {
    await visit.close();
    assert.deepEqual(visit.errors, []);
  });
  return stage;
}

/** @param {import('playwright-core').Page} page */
export async function isReady(page) {
  await page.waitForFunction(() => 'downloads' in globalThis);
}

/** Starts to load in the background. @param {import('playwright-core').Page} page */
export async function load(page) {
  await page.evaluate(() => void globalThis.downloads.load('model').catch(() => undefined));
}

/**
 * @param {import('playwright-core').Page} page
 * @param {'pause' | 'resume' | 'cancel'} action
 */
export async function act(page, action) {
  await page.evaluate((name) => globalThis.downloads[name]('model'), action);
}

/**
 * Waits for a status, and returns the state.
 *
 * @param {import('playwright-core').Page} page
 * @param {import('../../../dist/index.js').DownloadState['status']} status
 */
export async function reaches(page, status) {
  return until(status, async () => {
    const state = await page.evaluate(() => globalThis.downloads.getState('model'));
    if (status !== 'failed') assert.notEqual(state.status, 'failed', state.error);
    return state.status === status && state;
  });
}

/**
 * Every state and aggregate since the page was opened.
 *
 * @param {import('playwright-core').Page} page
 * @returns {Promise<{ state: import('../../../dist/index.js').DownloadState, aggregate?: import('../../../dist/index.js').AggregateProgressInfo }[]>}
 */
export function changes(page) {
  return page.evaluate(() => globalThis.changes);
}

/**
 * Checks that the figures may be shown: they never fall within an attempt, and are
 * never full before the last byte.
 *
 * @param {import('../../../dist/index.js').DownloadState[]} states Of one attempt.
 * @param {number} size
 */
export function areTrue(states, size) {
  let [bytes, share] = [0, 0];
  for (const { status, bytesDownloaded, progress = share, totalBytes } of states) {
    assert.ok(bytesDownloaded >= bytes && progress >= share, `${bytesDownloaded} after ${bytes}, ${progress} % after ${share} %`);
    assert.ok(totalBytes === undefined || totalBytes === size, `${totalBytes} of ${size}`);
    assert.ok(progress < 100 || bytesDownloaded === size, `${progress} % at ${bytesDownloaded} bytes, ${status}`);
    [bytes, share] = [bytesDownloaded, progress];
  }
}
