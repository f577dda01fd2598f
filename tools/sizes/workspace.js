// The folder in which the bundlers work: the packages of tools/sizes/package.json, and this package beside them.
import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);

/** A temporary folder with the installed packages. */
export class Workspace {
  #dir;

  /** @param {string} dir */
  constructor(dir) {
    this.#dir = dir;
  }

  /** Installs the packages. Their versions are exact, so that every run measures the same. */
  static async open() {
    const dir = await mkdtemp(join(tmpdir(), 'model-download-sizes-'));
    await copyFile(join(import.meta.dirname, 'package.json'), join(dir, 'package.json'));
    await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'], { cwd: dir });
    await symlink(root, join(dir, 'node_modules/model-download'), 'junction');
    return new Workspace(dir);
  }

  /** @param {string} path A path in `node_modules`. */
  pathOf(path) {
    return join(this.#dir, 'node_modules', path);
  }

  /**
   * Imports a package of the folder.
   *
   * @param {string} name
   */
  async import(name) {
    return import(pathToFileURL(createRequire(join(this.#dir, 'package.json')).resolve(name)).href);
  }

  /** @param {string} name */
  async versionOf(name) {
    const { version } = JSON.parse(await readFile(this.pathOf(`${name}/package.json`), 'utf8'));
    return `${name} ${version}`;
  }

  /**
   * Writes the entry module for a bundler, and returns its path.
   *
   * @param {string} code
   */
  async write(code) {
    const path = join(this.#dir, 'entry.js');
    await writeFile(path, code);
    return path;
  }

  /** Deletes the folder. */
  async close() {
    await rm(this.#dir, { recursive: true, force: true });
  }
}
