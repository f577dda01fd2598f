import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rename, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build, preview } from 'vite';
import { packOwn } from '../../frameworks/tarballs.js';

const root = join(import.meta.dirname, '../../..');
const run = promisify(execFile);

/** The other dependencies of the app: a name, and its place in this repository. */
const dependencies = {
  lit: 'lit',
  '@noble/hashes': '@noble/hashes',
  'hash-wasm': 'hash-wasm',
  '@huggingface/transformers': 'transformers-v4',
  'onnxruntime-web': 'transformers-v4/node_modules/onnxruntime-web',
};

/**
 * Packs this package as for npm, installs it in the app, builds the app with Vite and serves it.
 *
 * @param {string} hubUrl The hub of the app's models.
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function serveBuiltApp(hubUrl) {
  const folder = await mkdtemp(join(tmpdir(), 'model-download-app-'));
  await Promise.all([cp(join(import.meta.dirname, 'app'), folder, { recursive: true }), install(folder)]);
  const settings = {
    root: folder,
    configFile: /** @type {const} */ (false),
    logLevel: /** @type {const} */ ('warn'),
    define: { 'import.meta.env.VITE_HUB': JSON.stringify(`${hubUrl}/`) },
    preview: { port: 0, host: '127.0.0.1' },
  };
  await build(settings);
  const server = await preview(settings);
  const [url] = server.resolvedUrls?.local ?? [];
  if (!url) throw new Error('The app has no address');
  const close = async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { url, close };
}

/** @param {string} folder */
async function install(folder) {
  const modules = join(folder, 'node_modules');
  await mkdir(modules, { recursive: true });
  await run('tar', ['-xf', await packOwn(folder), '-C', modules]);
  // The folder in an npm archive is called so.
  await rename(join(modules, 'package'), join(modules, 'model-download'));
  for (const [name, place] of Object.entries(dependencies)) {
    await mkdir(join(modules, name, '..'), { recursive: true });
    await symlink(join(root, 'node_modules', place), join(modules, name));
  }
}
