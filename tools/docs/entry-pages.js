// The page of each entry of the package: a description and an example, written by hand in docs/entries, and the names of the
// reference, if the entry has any.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';

const root = join(import.meta.dirname, '../..');
const entries = join(root, 'docs/entries');

/**
 * The page in docs/entries of an entry, without its extension.
 *
 * @param {string} path Of `exports` in package.json, such as `./adapters/worker`.
 */
export function entryPage(path) {
  if (path === '.') return 'index';
  if (path.endsWith('.json')) return 'json-files';
  if (path.startsWith('./define/')) return 'define';
  return path.replace('./', '').replace('/*', '');
}

/**
 * The page in the folder of the reference, without its extension. Typedoc names it so.
 *
 * @param {string} page In docs/entries, without its extension.
 */
export function referencePage(page) {
  return page === 'index' ? 'model-download' : `model-download/${page}`;
}

/**
 * Puts each description before the names of its entry, and lists all pages for the sidebar.
 *
 * @param {string} folder Of the reference of the types, which has been written.
 */
export async function writeEntryPages(folder) {
  const pages = (await readdir(entries, { recursive: true })).filter((name) => name.endsWith('.md')).map((name) => name.slice(0, -3));
  const items = await Promise.all(pages.map((page) => writeEntryPage(folder, page)));
  items.sort((one, other) => (one.link < other.link ? -1 : 1));
  await writeFile(join(folder, 'sidebar.json'), JSON.stringify(items, null, 2));
}

/**
 * @param {string} folder
 * @param {string} page
 */
async function writeEntryPage(folder, page) {
  const text = siteLinks(await readFile(join(entries, `${page}.md`), 'utf8'), page);
  const path = join(folder, `${referencePage(page)}.md`);
  await mkdir(dirname(path), { recursive: true });
  const [, names = ''] = /^# .+\n([\s\S]*)$/.exec(await readFile(path, 'utf8').catch(() => '')) ?? [];
  await writeFile(path, `${text}${names}`);
  const title = /^# (.+)$/m.exec(text)?.[1].replaceAll('`', '').replace('model-download/', '') ?? page;
  return { text: title, link: `/reference/api/${referencePage(page)}` };
}

/** The links of a page in docs/entries, from the root of the site. */
function siteLinks(text, page) {
  return text.replace(/\]\((\.[^)]+)\)/g, (_, link) => `](${posix.resolve('/entries', dirname(page), link)})`);
}
