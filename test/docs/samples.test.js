// Every sample of the README and of the documentation compiles in its language.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { createMarkdownRenderer } from 'vitepress';
import { parse } from 'vue/compiler-sfc';
import * as format from '../../dist/core/index.js';
import { checkCommands } from './commands.js';
import { checkAngularTemplates, checkSvelte, checkVue } from './components.js';
import { checkMarkup } from './markup.js';
import { readSamples } from './samples.js';
import { checkScripts, staleNames } from './scripts.js';
import { checkStyles } from './styles.js';

const root = join(import.meta.dirname, '../..');
const readJson = async (name) => JSON.parse(await readFile(join(root, name), 'utf8'));

/** The functions that check the samples of a language. Other languages cannot be checked. */
const languages = ['css', 'html', 'js', 'json', 'sh', 'svelte', 'ts', 'tsx', 'vue'];

let samples;
let elements;

/** The samples of some languages that need no prelude. */
const of = (...wanted) => samples.filter(({ language, source, unchecked }) => wanted.includes(language) && !source && !unchecked);

/** The scripts of every sample, those inside markup and components among them. */
function scripts() {
  const parts = [
    ...of('html').map((sample) => checkMarkup(sample, elements)),
    ...of('vue').map(checkVue),
    ...of('svelte').map(checkSvelte),
  ];
  return [...of('js', 'ts', 'tsx'), ...parts.flatMap((part) => part.scripts)];
}

before(async () => {
  [samples, elements] = await Promise.all([readSamples(), readJson('custom-elements.json')]);
});

describe('the README and CONTRIBUTING', () => {
  // Links between the pages of the site are checked when it is built.
  it('link to existing files', async () => {
    const texts = await Promise.all(['README.md', 'CONTRIBUTING.md'].map((name) => readFile(join(root, name), 'utf8')));
    const links = texts.flatMap((text) => [...text.matchAll(/\]\(([^)#]+)[^)]*\)/g)]).map(([, link]) => link);
    const local = links.filter((link) => !/^\w+:/.test(link));
    assert.ok(local.length > 10);
    assert.deepEqual(
      local.filter((link) => !existsSync(join(root, link))),
      [],
    );
  });
});

describe('the pages', () => {
  // Of the site, which takes a minute to build: a tag outside of code is an element, and needs an end.
  it('compile as components of Vue', async () => {
    const docs = join(root, 'docs');
    const markdown = await createMarkdownRenderer(docs);
    const names = (await readdir(docs, { recursive: true })).filter((name) => name.endsWith('.md') && !name.startsWith('reference'));
    assert.ok(names.length > 40, `${names.length} pages`);
    for (const name of names) {
      const path = join(docs, name);
      const html = markdown.render(await readFile(path, 'utf8'), { path, realPath: path });
      const { errors } = parse(`<template>${html}</template>`, { filename: name });
      assert.deepEqual(
        errors.map(({ message }) => message),
        [],
        name,
      );
    }
  });
});

describe('the samples', () => {
  it('are checked, or have a reason not to be', (context) => {
    assert.ok(samples.length > 60, `${samples.length} samples were found`);
    const silent = samples.filter(
      // A diagram is no code.
      ({ language, source, unchecked }) => ![...languages, 'mermaid'].includes(language) && !source && !unchecked,
    );
    assert.deepEqual(
      silent.map(({ page, line }) => `${page}:${line}`),
      [],
    );
    for (const { page, line, unchecked } of samples) if (unchecked) context.diagnostic(`${page}:${line} is not checked: ${unchecked}`);
  });

  it('in JavaScript and TypeScript fit the types of the package', async () => {
    assert.deepEqual(await checkScripts(scripts()), []);
  });

  it('do not use an error response as a model', () => {
    const requests = scripts().filter(({ code }) => /await (fetch|download)\(|=> fetch\(|\[fetch\(/.test(code));
    assert.ok(requests.length > 1);
    const unchecked = requests.filter(({ code }) => !code.includes('response.ok'));
    assert.deepEqual(
      unchecked.map(({ page, line }) => `${page}:${line}`),
      [],
    );
  });

  it('with the result of a call are correct', () => {
    const said = of('js', 'ts').flatMap(({ code }) => [...code.matchAll(/^(format\w+)\((.+)\); \/\/ (.+)$/gm)]);
    assert.ok(said.length > 3);
    for (const [call, name, parameters, result] of said) {
      const given = JSON.parse(`[${parameters.replaceAll('_', '').replaceAll("'", '"')}]`);
      assert.equal(format[name](...given).replace(/\s/g, ' '), result, call);
    }
  });

  it('of a file have its lines, in order', async () => {
    for (const { page, line, source, code } of samples.filter((sample) => sample.source)) {
      const shown = code
        .split('\n')
        .map((text) => text.trim())
        .filter(Boolean);
      let rest = (await readFile(join(root, source), 'utf8')).split('\n').map((text) => text.trim());
      for (const text of shown) {
        assert.ok(rest.includes(text), `${page}:${line} “${text}” follows in ${source}`);
        rest = rest.slice(rest.indexOf(text) + 1);
      }
    }
  });

  it('in JSON parse', () => {
    for (const { code } of of('json')) JSON.parse(code);
  });

  it('in HTML parse, and use the tags as they are', () => {
    assert.deepEqual(
      of('html').flatMap((sample) => checkMarkup(sample, elements).complaints),
      [],
    );
  });

  it('for Vue, Svelte and Angular compile', () => {
    const complaints = [
      ...of('vue').flatMap((sample) => checkVue(sample).complaints),
      ...of('svelte').flatMap((sample) => checkSvelte(sample).complaints),
      ...of('ts').flatMap(checkAngularTemplates),
    ];
    assert.deepEqual(complaints, []);
  });

  it('in CSS use existing tokens, parts and states', () => {
    assert.deepEqual(
      of('css').flatMap((sample) => checkStyles(sample, elements)),
      [],
    );
  });

  // The start pages' commands are run by `test/frameworks`.
  it('for a shell use existing commands', async () => {
    const manifest = await readJson('package.json');
    const commands = of('sh').filter(({ page }) => !page.startsWith('docs/start/'));
    assert.deepEqual(
      commands.flatMap((sample) => checkCommands(sample, manifest)),
      [],
    );
  });

  it('use every name that a prelude declares', async () => {
    const pages = (await readdir(join(import.meta.dirname, 'preludes'))).filter((name) => name !== 'platform.d.ts');
    const stale = await Promise.all(pages.map((page) => staleNames(page, scripts())));
    assert.deepEqual(stale.flat(), []);
  });
});
