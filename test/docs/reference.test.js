// Every exported name has a description, and every link in them has a target.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readApi } from '../../tools/docs/api-reference.js';
import { elementsPage } from '../../tools/docs/elements-reference.js';
import { entryPage } from '../../tools/docs/entry-pages.js';
import { samplesOf } from './samples.js';

const root = join(import.meta.dirname, '../..');

describe('the reference', () => {
  it('describes every public name', async () => {
    const { app, project } = await readApi();
    /** @type {string[]} */
    const warnings = [];
    const warn = app.logger.warn.bind(app.logger);
    app.logger.warn = (message, ...rest) => {
      warnings.push(String(message));
      warn(message, ...rest);
    };
    app.validate(project);
    assert.deepEqual(warnings, []);
  });

  it('lists all members of each tag in the manifest', async () => {
    const manifest = JSON.parse(await readFile(join(root, 'custom-elements.json'), 'utf8'));
    const page = elementsPage(manifest);
    const declarations = manifest.modules.flatMap((module) => module.declarations);
    assert.equal(declarations.length, 4);
    for (const { tagName, events, cssParts, cssProperties, cssStates, slots, attributes } of declarations) {
      const section = page.split('\n## ').find((text) => text.startsWith(`\`<${tagName}>\``)) ?? '';
      const names = [...events, ...cssParts, ...cssProperties, ...slots, ...attributes].map(({ name }) => `\`${name}\``);
      const states = cssStates.map(({ name }) => `\`:state(${name})\``);
      const missing = [...names, ...states].filter((name) => !section.includes(name));
      assert.deepEqual(missing, [], tagName);
      assert.ok(names.length > 10, `${tagName} has a public surface`);
    }
  });

  it('has a page for each entry of the package, with an example that uses it', async () => {
    const { exports, name } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    for (const path of Object.keys(exports)) {
      const page = `docs/entries/${entryPage(path)}.md`;
      const code = samplesOf(page, await readFile(join(root, page), 'utf8')).map((sample) => sample.code);
      // A style sheet or a file for a CDN is one of several, and editors read files by their paths.
      const wanted = { './cdn/*': '/dist/cdn/', './html-data.json': '/html-data.json', './css-data.json': '/css-data.json' }[path];
      const isUsed = wanted ? code.join('\n').includes(wanted) : imports(code.join('\n'), `${name}${path.slice(1)}`);
      assert.ok(isUsed, `${page} has an example with ${path}`);
    }
  });
});

/**
 * @param {string} code
 * @param {string} specifier With `*` for the end of a name.
 */
function imports(code, specifier) {
  const [start, ...isPattern] = specifier.split('*');
  return isPattern.length > 0 ? code.includes(`import '${start}`) : new RegExp(`(?:from|import) '${start}'`).test(code);
}
