import { setTimeout as delay } from 'node:timers/promises';
import { WebKitSession } from './webkit-session.js';

/** How often the launcher looks whether the browser still responds, in ms. */
const WATCH_INTERVAL = 10_000;

/** The codes of WebDriver for the key names of Web Test Runner. */
const keys = {
  Tab: '\uE004',
  Enter: '\uE007',
  Escape: '\uE00C',
  Space: ' ',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Shift: '\uE008',
};

/** A launcher of Web Test Runner for WebKitGTK; pages run at the top level, not in a frame. */
export class WebKitLauncher {
  name = 'WebKitGTK';
  type = 'webdriver';
  concurrency = 1;
  /** @type {Promise<WebKitSession> | undefined} */
  #session;
  /** @type {string | undefined} */
  #active;

  async initialize() {}

  async stop() {
    const session = await this.#session?.catch(() => undefined);
    await session?.stop();
  }

  /**
   * @param {string} id
   * @param {string} url
   */
  async startSession(id, url) {
    this.#active = id;
    try {
      await this.#open(url);
    } catch {
      await this.#kill();
      await this.#open(url);
    }
    void this.#watch(id, url);
  }

  /** @param {string} url */
  async #open(url) {
    this.#session ??= WebKitSession.start();
    const session = await this.#session;
    await session.command('POST', '/window/rect', { width: 900, height: 800 });
    await session.command('POST', '/url', { url });
  }

  /**
   * Replaces a browser that hangs or has crashed, and opens the page again. Web Test Runner then reports that page as interrupted. It
   * would otherwise wait 15 minutes for it, and all later pages would fail.
   *
   * @param {string} id
   * @param {string} url
   */
  async #watch(id, url) {
    for (;;) {
      await delay(WATCH_INTERVAL, undefined, { ref: false });
      if (this.#active !== id) return;
      if (await this.#responds()) continue;
      if (this.#active !== id) return;
      console.log(`WebKitGTK does not respond. A new one opens ${url}`);
      await this.#kill();
      await this.#open(url).catch(() => undefined);
    }
  }

  async #responds() {
    try {
      await (await this.#session)?.execute('return true');
      return true;
    } catch {
      return false;
    }
  }

  /** Ends the browser. The next page starts a new one. */
  async #kill() {
    const session = await this.#session?.catch(() => undefined);
    this.#session = undefined;
    session?.kill();
  }

  /** @param {string} id */
  isActive(id) {
    return this.#active === id;
  }

  async getBrowserUrl() {
    return (await this.#session)?.command('GET', '/url');
  }

  /** @param {string} id */
  async stopSession(id) {
    if (this.#active === id) this.#active = undefined;
    try {
      await (await this.#session)?.command('POST', '/url', { url: 'about:blank' });
    } catch {
      await this.#kill();
    }
    return {};
  }

  async startDebugSession() {
    throw new Error('Debugging is not supported in WebKitGTK.');
  }

  /**
   * @param {string} _id
   * @param {string[]} pressed Such as `Tab` or `Shift+Tab`.
   */
  async sendKeys(_id, pressed) {
    const actions = pressed.flatMap((combination) => {
      const parts = combination.length > 1 ? combination.split('+') : [combination];
      const values = parts.map((part) => keys[/** @type {keyof typeof keys} */ (part)] ?? part);
      return [...values.map((value) => ({ type: 'keyDown', value })), ...values.reverse().map((value) => ({ type: 'keyUp', value }))];
    });
    const session = await this.#session;
    await session?.command('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }
}
