// The order in which a reader meets the pages.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import apiPages from '../reference/api/sidebar.json' with { type: 'json' };

const page = (text, link) => ({ text, link });

const groups = [
  {
    text: 'Start',
    items: [
      page('Script tag', '/start/script-tag'),
      page('Bundler', '/start/bundler'),
      page('Vue', '/start/vue'),
      page('Nuxt', '/start/nuxt'),
      page('React', '/start/react'),
      page('Next', '/start/next'),
      page('Svelte', '/start/svelte'),
      page('SvelteKit', '/start/sveltekit'),
      page('Angular', '/start/angular'),
      page('Astro', '/start/astro'),
      page('Bindings for frameworks', '/bindings'),
      page('Worker', '/start/worker'),
      page('Live examples', '/live'),
    ],
  },
  {
    text: 'How to',
    items: [
      page('Resume a download', '/how-to/resume'),
      page('Work offline', '/how-to/offline'),
      page('Let the user decide', '/how-to/before-start'),
      page('Handle several models', '/how-to/several-models'),
      page('Show and delete the models on a device', '/how-to/storage'),
      page('Use your own texts', '/how-to/texts'),
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
      page('Never worse than without it', '/harmless'),
      page('How long loads take', '/loads'),
      page('How honest the numbers are', '/honest-numbers'),
      page('Accessibility', '/accessibility'),
      page('Sizes', '/sizes'),
      page('Versions', '/versions'),
      page('Limits', '/limits'),
    ],
  },
  {
    text: 'Contribute',
    items: [page('Architecture', '/architecture'), page('Decisions', '/decisions/README')],
  },
  { text: 'Reference', items: [page('Elements', '/reference/elements'), page('Events', '/events'), ...apiPages] },
];

/** The pages that no group lists, by their headings, so that every page is reachable. The decisions have their own list, and the entries are in the reference. */
function others(docs) {
  const placed = new Set([...groups.flatMap(({ items }) => items).map(({ link }) => link), '/index']);
  return readdirSync(docs, { recursive: true })
    .filter((name) => name.endsWith('.md') && !/^(reference|decisions|entries)/.test(name))
    .filter((name) => !placed.has(`/${name.slice(0, -3)}`))
    .map((name) => page(/^# (.+)$/m.exec(readFileSync(join(docs, name), 'utf8'))?.[1] ?? name, `/${name.slice(0, -3)}`));
}

/** @param {string} docs The folder of the pages. */
export function sidebarOf(docs) {
  const items = others(docs);
  return items.length > 0 ? groups.toSpliced(-1, 0, { text: 'More', items }) : groups;
}
