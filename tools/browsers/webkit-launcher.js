import { WebKitSession } from './webkit-session.js';

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
    this.#session ??= WebKitSession.start();
    this.#active = id;
    const session = await this.#session;
    await session.command('POST', '/window/rect', { width: 900, height: 800 });
    await session.command('POST', '/url', { url });
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
    await (await this.#session)?.command('POST', '/url', { url: 'about:blank' });
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
