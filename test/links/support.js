// A browser with a lasting profile, the tabs in it, and a hub that counts the bytes for them.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { PATIENCE } from '../e2e/demo/chromium.js';
import { findChromium } from '../../tools/browsers/find-chromium.js';
import { serve } from './serve.js';

/**
 * The most bytes in transit when a connection ends: sent, and never read. Sockets hold more of them while the machine is busy: 9 MiB
 * were measured with a load average of 13. The tests of the transfer layer compare the place at which a download continues, to the
 * byte.
 */
export const IN_FLIGHT = 12 * 1024 * 1024;

export const SEGMENT = 4 * 1024 * 1024;

/** Bytes that a reload or a crash may cost: the incomplete segment. */
export const UNSTORED = SEGMENT;

/** 100 Mbit/s, in bytes per second: slow enough to act half-way, and to have little under way. */
export const SPEED = 12_500_000;

/** `npm run test:long`: pauses of 30 s and 20 s offline in place of moments. */
export const isLong = process.env.LONG === '1';

/** The versions of Transformers.js of a test: one, which differs between the files, or all in the long variant. */
export const versionsOf = (short) => (isLong ? [2, 3, 4] : [short]);

const MODEL = 'local/large-chat';
const REPORT_EVERY = 60_000;

/**
 * Waits until `probe` returns a truthy value, and returns that value.
 *
 * @template T
 * It has no limit of its own: on a busy machine only the suite's limit ends a test. `what` is reported every minute.
 *
 * @param {string} what The event that is waited for.
 * @param {() => T | Promise<T>} probe
 */
export async function until(what, probe) {
  let next = performance.now() + REPORT_EVERY;
  for (;;) {
    const found = await probe();
    if (found) return found;
    if (performance.now() > next) {
      next += REPORT_EVERY;
      console.warn(`Still waiting: ${what}`);
    }
    await delay(10);
  }
}

/** The page's server and the hub, with a scope of the hub for each test. */
export class Place {
  #served;
  #tests = 0;

  /** @param {Awaited<ReturnType<typeof serve>>} served */
  constructor(served) {
    this.#served = served;
  }

  static async open() {
    return new Place(await serve());
  }

  /**
   * @param {number} [version] Of Transformers.js.
   * @param {string} [id] Of a model.
   */
  link(version = 4, id = MODEL) {
    const { hub, manifest, url } = this.#served;
    const model = manifest.models.find((one) => one.id === id);
    assert.ok(model, `The hub has ${id}`);
    return new Link(hub.scope(`test-${++this.#tests}`), url, model, version);
  }

  /** The models that a version can load. */
  models(version) {
    return this.#served.manifest.models.filter(({ versions }) => versions[`v${version}`]).map(({ id }) => id);
  }

  close() {
    return this.#served.close();
  }
}

/** The connection between one test's tabs and the hub: the truth about the bytes. */
export class Link {
  /**
   * @param {import('../../demo/hub/create-hub.js').ScopeHandle} scope
   * @param {string} pageUrl
   * @param {import('../../demo/models/ensure-models.js').ManifestModel} model
   * @param {number} version
   */
  constructor(scope, pageUrl, model, version) {
    const load = model.versions[`v${version}`];
    const weights = load?.files.find(({ path }) => path.endsWith('.onnx'));
    assert.ok(load && weights);
    this.scope = scope;
    this.pageUrl = pageUrl;
    this.model = model;
    this.version = version;
    this.load = load;
    this.size = weights.size;
    this.set({ bandwidth: SPEED });
  }

  /** @param {Partial<import('../../demo/hub/controls.js').ControlValues>} controls */
  set(controls) {
    this.scope.control.set(controls);
  }

  /** From here on as fast as it goes. */
  hurry() {
    this.set({ bandwidth: 0, stallAfter: null });
  }

  /** Sends nothing more, with every connection open, until it has to hurry. */
  holds() {
    this.set({ stallAfter: 0 });
  }

  /**
   * The address of a page that can load the model.
   *
   * @param {{ knowsFiles?: boolean }} [options] Whether the page names its files; and settings of its `ModelDownloads`.
   */
  address({ knowsFiles = true, ...options } = {}) {
    const { id, name, task } = this.model;
    const { version, scope, load } = this;
    const files = load.files.map(({ path, size }) => ({ file: path, size }));
    const definition = { name, task, model: id, options: load.options, ...(knowsFiles ? { files } : {}) };
    const settings = JSON.stringify({ version, remoteHost: scope.url, definition, options });
    return `${this.pageUrl}?${new URLSearchParams({ settings })}`;
  }

  /** The answers with bytes of the .onnx file, in their order, without version 4's probes for its size. */
  get answers() {
    return this.scope.log.since().filter(({ file, origin, range }) => file?.endsWith('.onnx') && origin === 'cdn' && range !== 'bytes=0-0');
  }

  /** Bytes of the .onnx file that were sent. */
  get sent() {
    return this.answers.reduce((sum, { bytesSent }) => sum + bytesSent, 0);
  }

  /** Bytes sent that were sent before. */
  get extra() {
    return this.sent - this.size;
  }

  /**
   * Waits until so many segments of the .onnx file are sent. There are not quite 24: the default is
   * about half of them, and in the middle of one, since storing one that is full takes a moment.
   */
  async sends(segments = 11.5) {
    await until(`${segments} segments sent`, () => this.sent >= segments * SEGMENT);
  }

  /** Waits until the hub sends nothing any more. */
  async isQuiet() {
    await until('silence', () => this.scope.log.since().every(({ finished, aborted }) => finished || aborted));
  }

  /**
   * Checks the cost of the interruptions so far, and that each was followed by a request for the rest of the file.
   *
   * @param {number} most Bytes that may have been sent twice.
   */
  costs(most) {
    const [, ...continuing] = this.answers.map(({ range, bytesSent }) => ({ range, bytesSent }));
    for (const { range } of continuing) assert.match(range ?? 'the whole file', /^bytes=[1-9]\d*-$/);
    assert.ok(this.extra >= 0 && this.extra <= most, `${this.extra} bytes were sent twice, of ${most} at the most`);
  }
}

/**
 * The files whose bodies were sent, without version 4's probes.
 *
 * @param {Link} link
 */
export function filesSent(link) {
  const bodies = link.scope.log
    .since()
    .filter(({ file, status, range }) => file && status !== null && status < 300 && range !== 'bytes=0-0');
  return bodies.map(({ file }) => file);
}

/** A browser on a folder that outlives it. */
export class Profile {
  /** Uncaught errors of every page. @type {string[]} */
  errors = [];
  #folder;
  /** @type {import('playwright-core').BrowserContext | undefined} */
  #context;

  /** @param {string} folder */
  constructor(folder) {
    this.#folder = folder;
  }

  /** Starts a browser on an empty folder. */
  static async open() {
    const profile = new Profile(await mkdtemp(join(tmpdir(), 'model-download-profile-')));
    await profile.launch();
    return profile;
  }

  get context() {
    assert.ok(this.#context, 'The browser runs');
    return this.#context;
  }

  async launch() {
    const { executablePath, args, env } = await findChromium();
    // Visitors' browsers keep pages in the back/forward cache, which Playwright turns off.
    const ignoreDefaultArgs = ['--disable-back-forward-cache'];
    this.#context = await chromium.launchPersistentContext(this.#folder, {
      executablePath,
      args,
      ignoreDefaultArgs,
      timeout: PATIENCE,
      ...(env ? { env } : {}),
    });
    this.#context.setDefaultTimeout(PATIENCE);
  }

  /** Ends the browser as a crash or a power cut would: it has no time to write anything down. */
  async kill() {
    const session = await this.context.browser()?.newBrowserCDPSession();
    const { processInfo = [] } = (await session?.send('SystemInfo.getProcessInfo')) ?? {};
    const main = processInfo.find(({ type }) => type === 'browser');
    assert.ok(main, 'The browser has a process');
    const closed = this.context.waitForEvent('close');
    process.kill(main.id, 'SIGKILL');
    await closed;
  }

  /** @param {Link} link */
  async tab(link, options = {}) {
    const page = await this.context.newPage();
    page.on('pageerror', (error) => this.errors.push(error.message));
    await page.goto(link.address(options), { waitUntil: 'commit' });
    const tab = new Tab(page, link);
    await tab.isReady();
    return tab;
  }

  /** Ends the browser, and fails the test if a page had an uncaught error. */
  async close() {
    await this.#context?.close();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
    assert.deepEqual(this.errors, []);
  }
}

/**
 * Gives each test of a file its own browser, on a shared place.
 *
 * @param {(stage: { place: Place, profile: Profile }) => Promise<void>} [prepare] The start of each test.
 */
export function eachWithProfile(prepare = async () => {}) {
  /** @type {{ place: Place, profile: Profile }} */
  const stage = Object.create(null);
  before(async () => {
    stage.place = await Place.open();
  });
  after(() => stage.place.close());
  beforeEach(async () => {
    stage.profile = await Profile.open();
    await prepare(stage);
  });
  afterEach(() => stage.profile.close());
  return stage;
}

/** One page with the model's download. */
export class Tab {
  /**
   * @param {import('playwright-core').Page} page
   * @param {Link} link
   */
  constructor(page, link) {
    this.page = page;
    this.link = link;
  }

  async isReady() {
    await this.page.waitForFunction(() => 'downloads' in globalThis);
  }

  /** @returns {Promise<import('../../dist/index.js').DownloadState>} */
  state() {
    return this.page.evaluate(() => globalThis.downloads.getState('model'));
  }

  /** Every state since the page was opened. @returns {Promise<import('../../dist/index.js').DownloadState[]>} */
  states() {
    return this.page.evaluate(() => globalThis.states);
  }

  /** Starts to load in the background; the state shows how it ends. */
  async load() {
    await this.page.evaluate(() => void globalThis.downloads.load('model').catch(() => undefined));
  }

  /** @param {'pause' | 'resume' | 'cancel' | 'remove'} action */
  async act(action) {
    await this.page.evaluate((name) => globalThis.downloads[name]('model'), action);
  }

  /**
   * Waits for a status, and returns the state.
   *
   * @param {import('../../dist/index.js').DownloadState['status']} status
   */
  async reaches(status) {
    return until(`${status}, after ${(await this.state()).status}`, async () => {
      const state = await this.state();
      if (status !== 'failed') assert.notEqual(state.status, 'failed', state.error);
      return state.status === status && state;
    });
  }

  /**
   * Holds the link, and waits until all sent bytes except for one segment are on the disk. Without the hold, the bytes that
   * arrive until the page ends would be lost too: a busy machine needs seconds for that.
   */
  async isStored() {
    this.link.holds();
    await until('the received bytes are stored', async () => {
      const held = await this.page.evaluate(async () => {
        const requests = await (await caches.open('model-download-partial-v1')).keys();
        const places = requests.map(({ url }) => new URL(url).searchParams).filter((key) => key.get('url').endsWith('.onnx'));
        return Math.max(0, ...places.map((key) => Number(key.get('end'))));
      });
      return this.link.sent - held <= SEGMENT;
    });
  }

  /** Ends the page as a bug of the browser would. */
  async crash() {
    const session = await this.page.context().newCDPSession(this.page);
    const crashed = this.page.waitForEvent('crash');
    // The page that would answer is gone.
    session.send('Page.crash').catch(() => undefined);
    await crashed;
  }

  async reload() {
    await this.page.reload({ waitUntil: 'commit' });
    await this.isReady();
  }

  /** Waits for the end, and checks that the model answers as it should. */
  async works() {
    const { input, options, expected } = this.link.model.sample;
    const state = await this.reaches('completed');
    const output = await this.page.evaluate(
      async ([text, settings]) => {
        /** @type {(...ask: unknown[]) => Promise<unknown[]>} */
        const pipe = await globalThis.downloads.load('model');
        return pipe(text, settings);
      },
      [input, options],
    );
    assert.deepEqual(output[0], expected);
    return state;
  }
}
