// The tarballs that fresh projects install: the package as it would be published, and as much of Transformers.js as a
// page needs. All of that is 450 MB, most of it for Node.
import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const transformers = join(root, 'node_modules/transformers-v4');

/** The imports of the runtime's own script, and its parts. */
const parts = [
  ['dist/transformers.web.js', 'dist/transformers.node.mjs', 'dist/transformers.node.cjs', 'types', 'package.json'],
  ['onnxruntime-common/dist/esm', 'onnxruntime-common/dist/cjs', 'onnxruntime-common/package.json'].map(inModules),
  ['package.json', 'types.d.ts', ...['webgpu.bundle.min', 'webgpu.min', 'node.min'].map((name) => `dist/ort.${name}.mjs`)].map((file) =>
    inModules(`onnxruntime-web/${file}`),
  ),
  ['mjs', 'wasm'].map((type) => inModules(`onnxruntime-web/dist/ort-wasm-simd-threaded.asyncify.${type}`)),
].flat();

/** @param {string} path */
function inModules(path) {
  return `node_modules/${path}`;
}

/**
 * @param {string} folder Where the tarballs are made.
 * @returns {Promise<Record<string, string>>} The name of a package → its tarball.
 */
export async function makeTarballs(folder) {
  const [own, runtime] = await Promise.all([packOwn(folder), packTransformers(folder)]);
  return { 'model-download': own, '@huggingface/transformers': runtime };
}

/**
 * Packs the built files, as `npm publish` does.
 *
 * @param {string} folder
 * @returns {Promise<string>} The tarball.
 */
export async function packOwn(folder) {
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], { cwd: root });
  const [{ filename }] = JSON.parse(stdout);
  return join(folder, filename);
}

/** @param {string} folder */
async function packTransformers(folder) {
  const dir = join(folder, 'package');
  await mkdir(dir);
  await Promise.all(parts.map((path) => cp(join(transformers, path), join(dir, path), { recursive: true })));
  const bundled = { 'onnxruntime-common': '*', 'onnxruntime-web': '*' };
  await edit(join(dir, 'package.json'), (manifest) => ({ ...manifest, dependencies: bundled, bundleDependencies: Object.keys(bundled) }));
  await edit(join(dir, inModules('onnxruntime-web/package.json')), (manifest) => ({ ...manifest, dependencies: {} }));
  const tarball = join(folder, 'transformers.tgz');
  await run('tar', ['-cf', tarball, '-I', 'gzip -1', '-C', folder, 'package']);
  await rm(dir, { recursive: true });
  return tarball;
}

/**
 * @param {string} path
 * @param {(manifest: Record<string, unknown>) => Record<string, unknown>} change
 */
async function edit(path, change) {
  const { scripts, devDependencies, ...manifest } = JSON.parse(await readFile(path, 'utf8'));
  await writeFile(path, JSON.stringify(change(manifest)));
}
