// `npm run docs:build`: builds the reference from dist, then the site, the file that its examples download, and the worker that
// sends it.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rollup } from 'rollup';
import { build } from 'vitepress';
import { writeApiReference } from './api-reference.js';
import { elementsPage } from './elements-reference.js';
import { writeEntryPages } from './entry-pages.js';
import { liveFile } from './live-file.js';

const root = join(import.meta.dirname, '../..');
const reference = join(root, 'docs/reference');
const site = join(root, 'build/site');

/** Creates the pages that are generated from the source and not in the repository. */
async function writeReference() {
  await rm(reference, { recursive: true, force: true });
  await mkdir(join(reference, 'api'), { recursive: true });
  const manifest = JSON.parse(await readFile(join(root, 'custom-elements.json'), 'utf8'));
  await writeFile(join(reference, 'elements.md'), elementsPage(manifest));
  await writeApiReference(join(reference, 'api'));
  await writeEntryPages(join(reference, 'api'));
}

async function writeLiveFile() {
  await mkdir(join(site, 'live'), { recursive: true });
  await writeFile(join(site, 'live/model.bin'), liveFile());
}

/** Bundles the service worker as a classic script, since not every browser accepts a module there. */
async function writeLiveWorker() {
  const bundle = await rollup({ input: join(import.meta.dirname, 'live-worker/worker.js') });
  await bundle.write({ file: join(site, 'live-worker.js'), format: 'iife' });
}

await writeReference();
await build(join(root, 'docs'));
await Promise.all([writeLiveFile(), writeLiveWorker()]);
