import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startXvfb } from './xvfb.js';

const driver = '/usr/bin/WebKitWebDriver';

/** Off by default in WebKitGTK 2.50, on in Safari 26. */
const features = '+StorageAPI,+StorageAPIEstimate,+FileSystem,+AccessHandle,+FileSystemWritableStream';

/** How long a command may take, in ms. A browser that takes longer hangs, also on a busy machine. */
const LIMIT = 60_000;

/** Whether the driver of WebKitGTK is installed: `apt-get install webkit2gtk-driver xvfb`. */
export const hasWebKit = existsSync(driver) && existsSync('/usr/bin/Xvfb');

/** A WebKitGTK under its own X server, controlled by W3C WebDriver. */
export class WebKitSession {
  /** @type {string | undefined} */
  #id;
  #base = '';
  #cleanUp = () => {};

  static async start() {
    const session = new WebKitSession();
    await session.#open();
    return session;
  }

  async #open() {
    const xvfb = process.env.DISPLAY ? undefined : await startXvfb();
    const profile = mkdtempSync(join(tmpdir(), 'webkit-'));
    const port = await freePort();
    this.#base = `http://127.0.0.1:${port}`;
    const server = spawn(driver, [`--port=${port}`, '--host=127.0.0.1'], {
      stdio: 'ignore',
      env: { ...process.env, DISPLAY: xvfb?.display ?? process.env.DISPLAY, GDK_BACKEND: 'x11', NO_AT_BRIDGE: '1', GTK_A11Y: 'none' },
    });
    this.#cleanUp = () => {
      // A browser that hangs does not end with its driver.
      for (const pid of descendantsOf(server.pid)) end(pid);
      server.kill('SIGTERM');
      xvfb?.stop();
      rmSync(profile, { recursive: true, force: true });
    };
    // The runner can end at any time, and must leave no process.
    process.once('exit', this.#cleanUp);
    await this.#waitForDriver();
    const args = ['--automation', `--features=${features}`, `--profile=${profile}`];
    const browser = findBrowser();
    const options = { binary: browser.path, args: browser.keepsProfile ? args : args.slice(0, 2) };
    const timeouts = { script: LIMIT / 2, pageLoad: LIMIT / 2 };
    const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': options, timeouts } };
    const { sessionId } = /** @type {{ sessionId: string }} */ (await this.#send('POST', '/session', { capabilities }));
    this.#id = sessionId;
  }

  /**
   * @param {'GET' | 'POST' | 'DELETE'} method
   * @param {string} path
   * @param {object} [body]
   */
  command(method, path, body) {
    return this.#send(method, `/session/${this.#id}${path}`, body);
  }

  /** @param {string} script */
  execute(script) {
    return this.command('POST', '/execute/sync', { script, args: [] });
  }

  async stop() {
    try {
      if (this.#id) await this.command('DELETE', '');
    } catch {
      // It has already ended, or it hangs.
    }
    this.kill();
  }

  /** Ends the browser without asking it, as when it hangs. */
  kill() {
    this.#cleanUp();
    process.removeListener('exit', this.#cleanUp);
  }

  async #waitForDriver() {
    for (let attempt = 0; ; attempt++) {
      try {
        await this.#send('GET', '/status');
        return;
      } catch (error) {
        if (attempt > 100) throw error;
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
    }
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {object} [body]
   * @returns {Promise<unknown>} Rejects if the browser does not respond within {@link LIMIT}.
   */
  async #send(method, path, body = {}) {
    const signal = AbortSignal.timeout(LIMIT);
    const response = await fetch(this.#base + path, { method, signal, ...(method === 'POST' ? { body: JSON.stringify(body) } : {}) });
    const { value } = await response.json();
    if (value?.error) throw new Error(`${value.error}: ${value.message}`);
    return value;
  }
}

/** An automated MiniBrowser uses a private session without lasting caches. A browser that uses Python's bindings keeps them. */
function findBrowser() {
  const folders = ['/usr/lib', '/usr/libexec'].filter((folder) => existsSync(folder));
  const roots = folders.flatMap((folder) => [
    folder,
    ...readdirSync(folder)
      .filter((name) => name.endsWith('-linux-gnu'))
      .map((name) => join(folder, name)),
  ]);
  const bindings = roots.some((folder) => existsSync(join(folder, 'girepository-1.0/WebKit2-4.1.typelib')));
  if (bindings && existsSync('/usr/lib/python3/dist-packages/gi')) {
    return { path: join(import.meta.dirname, 'webkit-browser.py'), keepsProfile: true };
  }
  const apis = ['webkitgtk-6.0', 'webkit2gtk-4.1', 'webkit2gtk-4.0'];
  const path = roots.flatMap((folder) => apis.map((api) => join(folder, api, 'MiniBrowser'))).find((file) => existsSync(file));
  if (!path) throw new Error('WebKitWebDriver is here, and no browser for it.');
  return { path, keepsProfile: false };
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/**
 * The processes that a process has started, and those that these have started.
 *
 * @param {number | undefined} parent
 * @returns {number[]}
 */
function descendantsOf(parent) {
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === parent);
  return children.map(Number).flatMap((pid) => [pid, ...descendantsOf(pid)]);
}

/**
 * @param {string} pid
 * @returns {number | undefined} `undefined` if the process has ended meanwhile.
 */
function parentOf(pid) {
  try {
    // The name of the program is in brackets, and can contain spaces.
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]);
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
function end(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}
