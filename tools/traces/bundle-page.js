import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';

const root = join(import.meta.dirname, '../..');

/**
 * Bundles page.js with what `npm run build` left in dist.
 *
 * @returns {Promise<string>} The folder to serve.
 */
export async function bundlePage() {
  const dir = join(root, 'build/traces');
  await mkdir(dir, { recursive: true });
  const bundle = await rollup({
    input: join(import.meta.dirname, 'page.js'),
    external: ['./hash-worker.js'],
    makeAbsoluteExternalsRelative: false,
    plugins: [nodeResolve({ exportConditions: ['production', 'default'] })],
  });
  await bundle.write({ file: join(dir, 'page.js'), format: 'es', inlineDynamicImports: true });
  await bundle.close();
  await copyFile(join(root, 'dist/cdn/hash-worker.js'), join(dir, 'hash-worker.js'));
  const html = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Traces</title><link rel="icon" href="data:,"><script type="module" src="page.js"></script></html>';
  await writeFile(join(dir, 'index.html'), html);
  return dir;
}
