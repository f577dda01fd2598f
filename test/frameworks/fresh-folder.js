// A folder outside this repository, where apps are installed as anybody would: from the registry, and the package
// itself from the tarball that would be published.
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../..');
const transformers = join(root, 'node_modules/transformers-v4');

/** Too big to install for every run (its native runtimes for Node come with it); the same versions are here already. */
const linked = {
  '@huggingface/transformers': transformers,
  'onnxruntime-web': join(transformers, 'node_modules/onnxruntime-web'),
};

const quietly = ['--prefer-offline', '--no-audit', '--no-fund', '--no-package-lock'];

/**
 * Installs apps of `demo/` together.
 *
 * @param {string[]} names
 * @returns {Promise<FreshFolder>}
 */
export async function installApps(names) {
  const dir = await mkdtemp(join(tmpdir(), 'model-download-apps-'));
  const folder = new FreshFolder(dir);
  try {
    const [tarball] = await Promise.all([pack(dir), ...names.map((name) => copyApp(name, dir))]);
    const needed = await Promise.all(names.map((name) => pointAt(tarball, join(dir, name, 'package.json'))));
    await writeFile(join(dir, 'package.json'), JSON.stringify({ private: true, workspaces: names }));
    await run('npm', ['install', '--ignore-scripts', ...quietly], dir);
    await Promise.all(names.map((name, index) => linkInto(join(dir, name, 'node_modules'), needed[index])));
    return folder;
  } catch (error) {
    await folder.remove();
    throw error;
  }
}

/** Where apps are installed. */
export class FreshFolder {
  /** @param {string} dir */
  constructor(dir) {
    this.dir = dir;
  }

  /**
   * Runs a script of an app.
   *
   * @param {string} app
   * @param {string} script
   * @param {{ env?: NodeJS.ProcessEnv, args?: string[] }} [options]
   */
  run(app, script, { env = {}, args = [] } = {}) {
    return run('npm', ['run', '--silent', script, '--', ...args], join(this.dir, app), env);
  }

  /**
   * Adds packages beside all apps, and runs their scripts.
   *
   * @param {string[]} packages
   */
  async add(packages) {
    await run('npm', ['install', '--ignore-scripts=false', ...quietly, ...packages], this.dir);
  }

  async remove() {
    await rm(this.dir, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * @param {string} dir
 * @returns {Promise<string>} Where the tarball is.
 */
async function pack(dir) {
  const [{ filename }] = JSON.parse(await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', dir], root));
  return join(dir, filename);
}

/**
 * Leaves out what an install or a build by hand left beside the app's files.
 *
 * @param {string} name
 * @param {string} dir
 */
function copyApp(name, dir) {
  const left = new Set(['node_modules', 'dist', 'out', '.angular', '.astro', '.next']);
  const filter = (/** @type {string} */ path) => !left.has(path.split(/[/\\]/).at(-1) ?? '');
  return cp(join(root, 'demo', name), join(dir, name), { recursive: true, filter });
}

/**
 * Has an app take the package from the tarball, and leave out what is linked instead.
 *
 * @param {string} tarball
 * @param {string} path Of its package.json.
 * @returns {Promise<(keyof typeof linked)[]>} What it needs of that.
 */
async function pointAt(tarball, path) {
  const app = JSON.parse(await readFile(path, 'utf8'));
  const needed = Object.keys(linked).filter((name) => name in app.dependencies);
  for (const name of needed) delete app.dependencies[name];
  app.dependencies['model-download'] = `file:${tarball}`;
  await writeFile(path, JSON.stringify(app));
  return needed;
}

/**
 * @param {string} modules The folder `node_modules` of an app.
 * @param {(keyof typeof linked)[]} names
 */
async function linkInto(modules, names) {
  for (const name of names) {
    await mkdir(join(modules, name, '..'), { recursive: true });
    await symlink(linked[name], join(modules, name), 'junction');
  }
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv} [env]
 */
async function run(command, args, cwd, env = {}) {
  try {
    const { stdout } = await promisify(execFile)(command, args, { cwd, env: { ...process.env, ...env }, maxBuffer: 2 ** 26 });
    return stdout;
  } catch (error) {
    const { stdout, stderr } = /** @type {{ stdout: string, stderr: string }} */ (error);
    throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error });
  }
}
