// Generates the data of frameworks and editors from custom-elements.json. `npm run build` runs it last.
//
// The manifest's own ecosystem has generators for all of these. They give a handler `CustomEvent` of the event's
// class, import no class, hold `any`, and write "undefined" where a token has no default.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { reactTypes } from './react.js';
import { svelteTypes } from './svelte.js';
import { cssData, htmlData } from './vs-code.js';
import { vueTypes } from './vue.js';
import { webTypes } from './web-types.js';

const root = join(import.meta.dirname, '../..');
const outdir = join(root, 'dist/typings');

/** @param {string} name */
const readJson = async (name) => JSON.parse(await readFile(join(root, name), 'utf8'));
const [manifest, { name, version }] = await Promise.all([readJson('custom-elements.json'), readJson('package.json')]);
/** @type {import('./element.js').Element[]} */
const elements = manifest.modules.flatMap(({ declarations }) => declarations);

/** @param {object} data */
const json = (data) => `${JSON.stringify(data, undefined, 2)}\n`;

const files = {
  'react.d.ts': withBinding('react', reactTypes(elements)),
  'svelte.d.ts': withBinding('svelte', svelteTypes(elements)),
  'vue.d.ts': withBinding('vue', vueTypes(elements)),
  // TypeScript requires types of a module that is imported for its effect only.
  'theme.d.ts': 'export {};\n',
  'html-data.json': json(htmlData(elements)),
  'css-data.json': json(cssData(elements)),
  'web-types.json': json(webTypes(elements, { name, version })),
};

/**
 * The types of an entry: those of the tags, and those of its module at run time.
 *
 * @param {string} framework
 * @param {string} types
 */
function withBinding(framework, types) {
  return `${types}\nexport * from '../bindings/${framework}.js';\n`;
}

await mkdir(outdir, { recursive: true });
await Promise.all(Object.entries(files).map(([file, text]) => writeFile(join(outdir, file), text)));
