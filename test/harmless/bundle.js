import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import { besideHashWorker } from '../../tools/beside-hash-worker.js';

const root = join(import.meta.dirname, '../..');

/** Bundles `installDownloadFetch` as an app's bundler does: modules that are loaded on demand stay separate files. */
export async function bundleAdapter() {
  const dir = join(root, 'build/harmless');
  await mkdir(dir, { recursive: true });
  const bundle = await rollup({
    input: { transformers: join(root, 'dist/adapters/transformers.js') },
    external: ['./hash-worker.js'],
    makeAbsoluteExternalsRelative: false,
    plugins: [nodeResolve({ exportConditions: ['production', 'default'] }), besideHashWorker],
  });
  await bundle.write({ dir, format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name].js' });
  await bundle.close();
  await copyFile(join(root, 'dist/cdn/hash-worker.js'), join(dir, 'hash-worker.js'));
}
