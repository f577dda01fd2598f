import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * A separate process for one load, because two versions of the ONNX Runtime cannot share one.
 *
 * @typedef {import('./browsers.js').Client} Client
 * @implements {Client}
 */
export class NodeClient {
  #process;
  #cacheDir;
  /** @type {Promise<never>} */
  #ended;

  /**
   * @param {import('node:child_process').ChildProcess} process
   * @param {string} cacheDir
   */
  constructor(process, cacheDir) {
    this.#process = process;
    this.#cacheDir = cacheDir;
    this.#ended = once(process, 'exit').then(([code]) => Promise.reject(new Error(`The process that loads ended with ${code}`)));
    this.#ended.catch(() => undefined);
  }

  static async open() {
    const child = fork(join(import.meta.dirname, 'node-load.js'), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    return new NodeClient(child, await mkdtemp(join(tmpdir(), 'model-download-traces-')));
  }

  /** @returns {Promise<number>} */
  now() {
    return this.#request('now');
  }

  /**
   * @param {import('./page.js').Request} request
   * @param {{ modelsDir: string, files: string[] }} device The files that are there, by their paths inside the model.
   */
  async prepare({ version, remoteHost, definition }, { modelsDir, files }) {
    for (const file of files) {
      const place = join(this.#cacheDir, definition.model, file);
      await mkdir(dirname(place), { recursive: true });
      await cp(join(modelsDir, definition.model, file), place);
    }
    await this.#request('prepare', { version, remoteHost, cacheDir: this.#cacheDir });
  }

  /**
   * @param {import('./page.js').Request} request
   * @returns {Promise<import('./load.js').Recorded>}
   */
  run({ definition, transfer, namespace }) {
    return this.#request('run', { definition, transfer, namespace });
  }

  async close() {
    this.#process.kill();
    await rm(this.#cacheDir, { recursive: true, force: true });
  }

  /**
   * @param {string} name
   * @param {object} [request]
   */
  async #request(name, request) {
    this.#process.send({ name, request });
    const heard = new Promise((resolve) => this.#process.once('message', resolve));
    const answer = await Promise.race([heard, this.#ended]);
    if (answer.error) throw new Error(answer.error);
    return answer.value;
  }
}
