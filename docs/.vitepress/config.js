// The site of the documentation. Nothing in it asks another server for anything.
import { join } from 'node:path';
import { defineConfig } from 'vitepress';
import manifest from '../../package.json' with { type: 'json' };
import { sidebarOf } from './sidebar.js';

const root = join(import.meta.dirname, '../..');
const tags = new Set(['model-download-dialog', 'model-progress-mini', 'model-storage', 'download-recovery']);

/** The package's own entries, as one that has it installed would find them. */
function entries() {
  return Object.entries(manifest.exports)
    .filter(([path, target]) => target.default && !path.includes('*'))
    .map(([path, target]) => ({ find: new RegExp(`^${manifest.name}${path.slice(1)}$`), replacement: join(root, target.default) }));
}

const page = (text, link) => ({ text, link });

export default defineConfig({
  title: 'model-download',
  description: 'Web Components that show the real progress of AI models downloading into the browser.',
  lang: 'en',
  // They begin the pages of the reference.
  srcExclude: ['entries/**'],
  outDir: join(root, 'build/site'),
  cacheDir: join(root, 'build/site-cache'),
  head: [['link', { rel: 'icon', href: '/icon.svg', type: 'image/svg+xml' }]],
  metaChunk: true,
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tags.has(tag) } } },
  vite: {
    // The examples are written as a page would be that has installed the package.
    resolve: { alias: entries() },
    // The index of the search is one file, loaded with the first search.
    build: { chunkSizeWarningLimit: 2000 },
  },
  themeConfig: {
    logo: '/icon.svg',
    nav: [page('Start', '/start/script-tag'), page('Live', '/live'), page('Reference', '/reference/elements'), page('Limits', '/limits')],
    sidebar: sidebarOf(join(root, 'docs')),
    outline: { level: [2, 3] },
    search: { provider: 'local' },
  },
});
