import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import { besideHashWorker } from './beside-hash-worker.js';

const root = join(import.meta.dirname, '..');

/**
 * Bundles a page.js with the files of `npm run build` in dist, and copies the hash worker beside it, as on a CDN.
 *
 * @param {string} from The folder of page.js.
 * @param {string} name The name of the served folder.
 * @returns {Promise<string>} The folder to serve.
 */
export async function bundlePage(from, name) {
  const dir = join(root, 'build', name);
  await mkdir(dir, { recursive: true });
  const bundle = await rollup({
    input: join(from, 'page.js'),
    // TypeScript's decorator helper reads a `this` that modules do not have, and does not need it.
    onwarn: (warning, warn) => warning.code === 'THIS_IS_UNDEFINED' || warn(warning),
    external: ['./hash-worker.js', './hash-noble.js'],
    makeAbsoluteExternalsRelative: false,
    plugins: [nodeResolve({ exportConditions: ['production', 'default'] }), besideHashWorker],
  });
  await bundle.write({ file: join(dir, 'page.js'), format: 'es', inlineDynamicImports: true });
  await bundle.close();
  for (const file of ['hash-worker.js', 'hash-noble.js']) await copyFile(join(root, 'dist/cdn', file), join(dir, file));
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>${name}</title><link rel="icon" href="data:,"><script type="module" src="page.js"></script></html>`;
  await writeFile(join(dir, 'index.html'), html);
  return dir;
}
