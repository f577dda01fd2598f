import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { ModelFolder } from './recipe.js';
import { recipes } from './recipes.js';

/**
 * @typedef {{ path: string, size: number, sha256: string, source?: string }} ManifestFile `source`: the file with its content, if another.
 * @typedef {{ options: Record<string, unknown>, size: number, files: { path: string, size: number }[] }} ManifestLoad
 * @typedef {Pick<import('./recipe.js').Recipe, 'id' | 'name' | 'task' | 'sample'>
 *   & { versions: Partial<Record<import('./recipe.js').Version, ManifestLoad>>, files: ManifestFile[] }} ManifestModel
 * @typedef {{ version: string, models: ManifestModel[] }} Manifest `version` is a hash of the code that made the models.
 */

/** The name of the file that lists all models, in their folder. */
export const manifestName = 'manifest.json';

/**
 * Creates the local models that are missing.
 *
 * @param {{ dir: string, log?: (line: string) => void }} options
 * @returns {Promise<Manifest>}
 */
export async function ensureModels({ dir, log = () => {} }) {
  const version = await recipeVersion();
  const present = await readComplete(dir, version);
  if (present) return present;
  await mkdir(dirname(dir), { recursive: true });
  const draft = await mkdtemp(`${dir}-`);
  try {
    const manifest = await makeAll(draft, version, log);
    await replace(draft, dir);
    return manifest;
  } catch (error) {
    // Another process may have created the same models in the meantime.
    const made = await readComplete(dir, version);
    if (made) return made;
    throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/**
 * @param {string} dir
 * @returns {Promise<Manifest>}
 */
export async function readManifest(dir) {
  return JSON.parse(await readFile(join(dir, manifestName), 'utf8'));
}

/**
 * @param {string} dir
 * @param {string} version
 * @returns {Promise<Manifest | undefined>}
 */
async function readComplete(dir, version) {
  const manifest = await readManifest(dir).catch(() => undefined);
  if (manifest?.version !== version) return undefined;
  for (const { id, files } of manifest.models) {
    for (const { path, size } of files) {
      const found = await stat(join(dir, id, path)).catch(() => undefined);
      if (found?.size !== size) return undefined;
    }
  }
  return manifest;
}

/**
 * @param {string} dir
 * @param {string} version
 * @param {(line: string) => void} log
 */
async function makeAll(dir, version, log) {
  const models = [];
  for (const recipe of recipes) {
    const started = performance.now();
    const folder = join(dir, recipe.id);
    await recipe.make(new ModelFolder(folder));
    const model = describe(recipe, await listFiles(folder));
    models.push(model);
    const bytes = Math.max(...model.files.map(({ size }) => size));
    log(`${recipe.id}: ${(bytes / 1e6).toFixed(1)} MB in ${Math.round(performance.now() - started)} ms`);
  }
  const manifest = { version, models };
  await writeFile(join(dir, manifestName), JSON.stringify(manifest, null, 2));
  return manifest;
}

/**
 * @param {import('./recipe.js').Recipe} recipe
 * @param {ManifestFile[]} files
 * @returns {ManifestModel}
 */
function describe({ id, name, task, sample, versions }, files) {
  const sizes = new Map(files.map(({ path, size }) => [path, size]));
  const loads = Object.entries(versions).map(([version, load]) => {
    const needed = load.files.map((path) => {
      const size = sizes.get(path);
      if (size === undefined) throw new Error(`${id} has no ${path}, which ${version} requests.`);
      return { path, size };
    });
    return [version, { options: load.options, size: needed.reduce((sum, { size }) => sum + size, 0), files: needed }];
  });
  return { id, name, task, sample, versions: Object.fromEntries(loads), files };
}

/**
 * @param {string} folder
 * @returns {Promise<ManifestFile[]>}
 */
async function listFiles(folder) {
  /** @type {Map<number, Promise<string>>} */
  const hashes = new Map();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    paths.sort().map(async (path) => {
      const { ino, size } = await stat(path);
      // Aliases share an inode, so each content is hashed once.
      const hash = hashes.get(ino) ?? sha256(path);
      hashes.set(ino, hash);
      return { path: relative(folder, path).split(sep).join('/'), size, sha256: await hash };
    }),
  );
}

/** @param {string} path */
async function sha256(path) {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}

/**
 * A hash of the files that create the models: after a change they are created again.
 */
async function recipeVersion() {
  const here = import.meta.dirname;
  const hash = createHash('sha256');
  for (const name of (await readdir(here)).filter((name) => name.endsWith('.js')).sort()) {
    hash.update(name).update(await readFile(join(here, name)));
  }
  return hash.digest('hex');
}

/**
 * @param {string} draft
 * @param {string} dir
 */
async function replace(draft, dir) {
  const old = `${draft}-old`;
  await rename(dir, old).catch((error) => {
    if (error.code !== 'ENOENT') throw error;
  });
  try {
    await rename(draft, dir);
  } finally {
    await rm(old, { recursive: true, force: true });
  }
}
