// The site of the documentation. Nothing in it asks another server for anything.
import { join } from 'node:path';
import { defineConfig } from 'vitepress';
import manifest from '../../package.json' with { type: 'json' };
import apiSidebar from '../reference/api/typedoc-sidebar.json' with { type: 'json' };

const root = join(import.meta.dirname, '../..');
const tags = new Set(['model-download-dialog', 'model-progress-mini', 'download-recovery']);

/** The package's own entries, as one that has it installed would find them. */
function entries() {
  return Object.entries(manifest.exports)
    .filter(([path, target]) => target.default && !path.includes('*'))
    .map(([path, target]) => ({ find: new RegExp(`^${manifest.name}${path.slice(1)}$`), replacement: join(root, target.default) }));
}

const page = (text, link) => ({ text, link });

const sidebar = [
  {
    text: 'Start',
    items: [
      page('Script tag', '/start/script-tag'),
      page('Bundler', '/start/bundler'),
      page('Vue', '/start/vue'),
      page('Angular', '/start/angular'),
      page('React', '/start/react'),
      page('Svelte', '/start/svelte'),
      page('Worker', '/start/worker'),
    ],
  },
  {
    text: 'How to',
    items: [
      page('Resume a download', '/how-to/resume'),
      page('Work offline', '/how-to/offline'),
      page('Handle several models', '/how-to/several-models'),
      page('Use your own words', '/how-to/texts'),
      page('Use your own look', '/how-to/look'),
      page('Build your own recovery', '/how-to/recovery'),
      page('Host the models yourself', '/how-to/self-hosted'),
      page('Use another runtime', '/runtimes'),
      page('Run models in a worker', '/worker'),
    ],
  },
  {
    text: 'Understand',
    items: [
      page('What is known before the first byte', '/plan'),
      page('How a download survives', '/transfer'),
      page('How honest the numbers are', '/honest-numbers'),
      page('Limits', '/limits'),
    ],
  },
  { text: 'Reference', items: [page('Elements', '/reference/elements'), page('Events', '/events'), ...apiSidebar] },
];

export default defineConfig({
  title: 'model-download',
  description: 'Web Components that show the real progress of AI models downloading into the browser.',
  lang: 'en',
  outDir: join(root, 'build/site'),
  cacheDir: join(root, 'build/site-cache'),
  head: [['link', { rel: 'icon', href: '/icon.svg', type: 'image/svg+xml' }]],
  metaChunk: true,
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tags.has(tag) } } },
  vite: {
    // The examples are written as a page would be that has installed the package.
    resolve: { alias: entries() },
    server: { fs: { allow: [root] } },
    build: { chunkSizeWarningLimit: 1000 },
  },
  themeConfig: {
    logo: '/icon.svg',
    nav: [
      page('Start', '/start/script-tag'),
      page('Live', '/live'),
      page('Reference', '/reference/elements'),
      page('Limits', '/limits'),
    ],
    sidebar,
    outline: { level: [2, 3] },
    search: { provider: 'local' },
  },
});
