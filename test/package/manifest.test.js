// The manifest against the sources of the tags, and the data for frameworks and editors that is generated from it.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';

const root = new URL('../../', import.meta.url);
const readJson = async (path) => JSON.parse(await readFile(new URL(path, root), 'utf8'));
const elements = (await readJson('custom-elements.json')).modules.flatMap(({ declarations }) => declarations);
const names = (items) => items.map(({ name }) => name).sort();

/** The sources in the folder of a tag, without the docblocks, from which the manifest is generated. */
async function sourceOf({ tagName }) {
  const folder = new URL(`src/elements/${tagName}/`, root);
  const files = (await readdir(folder)).filter((name) => /(?<!\.styles)\.ts$/.test(name));
  const texts = await Promise.all(files.map((name) => readFile(new URL(name, folder), 'utf8')));
  const shared = unique(found(texts.join('\n'), /from '\.\.\/((?:controllers|parts)\/[\w-]+)\.js'/g));
  const parts = await Promise.all(shared.map((name) => readFile(new URL(`src/elements/${name}.ts`, root), 'utf8')));
  // Only the rendered parts and the events of a shared module belong to the tag.
  const lines = parts
    .join('\n')
    .split('\n')
    .filter((line) => /<slot |dispatchEvent\(new /.test(line));
  return [...texts, ...lines].join('\n').replace(/\/\*\*[\s\S]*?\*\//g, '');
}

const found = (source, pattern) => [...source.matchAll(pattern)].flatMap(([, words]) => words.split(' '));
const unique = (items) => [...new Set(items)].sort();

describe('custom-elements.json, beside the sources', () => {
  const recovery = elements.find(({ tagName }) => tagName === 'download-recovery');

  for (const element of elements) {
    const { tagName, events, slots, cssParts } = element;

    it(`names every event of <${tagName}> with its class`, async () => {
      const exported = await import('model-download');
      const source = await sourceOf(element);
      // Each queries its download by a controller; the events of a recovery inside pass through.
      const own = found(source, /\b(Model(?:Download|Storage)\w+Event)\b/g);
      const inner = source.includes('<download-recovery') ? recovery.events.map(({ type }) => type.text) : [];
      const closes = source.includes("new Event('close')") ? ['Event'] : [];
      assert.deepEqual(events.map(({ type }) => type.text).sort(), unique([...own, ...inner, ...closes, 'ModelDownloadQueryEvent']));
      for (const { name, type } of events) if (type.text !== 'Event') assert.equal(exported[type.text].eventName, name);
    });

    it(`names every slot of <${tagName}>`, async () => {
      assert.deepEqual(names(slots), unique(found(await sourceOf(element), /<slot [^>]*?name="([\w-]+)"/g)));
    });

    it(`names every part of <${tagName}>, and no others`, async () => {
      const source = await sourceOf(element);
      const written = found(source, /\bpart(?:="|: ')([\w -]+)["']/g);
      for (const part of written) assert.ok(names(cssParts).includes(part), `${part} is listed`);
      const shared = ['button', 'track', 'fill'];
      for (const part of names(cssParts))
        assert.ok(shared.includes(part) || new RegExp(`["' ]${part}["' ]`).test(source), `${part} is there`);
    });
  }
});

describe('the data that is generated from the manifest', () => {
  for (const framework of ['react', 'svelte', 'vue']) {
    it(`types every tag, attribute and event for ${framework}, without any`, async () => {
      const types = await readFile(new URL(`dist/typings/${framework}.d.ts`, root), 'utf8');
      assert.doesNotMatch(types, /\bany\b|\bunknown\b|undefined \| undefined/);
      for (const { tagName, attributes, events } of elements) {
        assert.match(types, new RegExp(`'${tagName}':`));
        for (const { name, fieldName } of attributes) assert.match(types, new RegExp(`'(${name}|${fieldName})'`));
        for (const { name, type } of events) assert.match(types, new RegExp(`'(on)?${name}'.*\\b${type.text}\\b`));
      }
    });
  }

  it('describes every tag, attribute, token and part for VS Code', async () => {
    const [{ tags }, { properties, pseudoElements }] = await Promise.all([
      readJson('dist/typings/html-data.json'),
      readJson('dist/typings/css-data.json'),
    ]);
    for (const { tagName, attributes, cssProperties, cssParts } of elements) {
      assert.deepEqual(names(tags.find(({ name }) => name === tagName).attributes), names(attributes));
      for (const name of names(cssProperties)) assert.equal(properties.filter((property) => property.name === name).length, 1);
      for (const name of names(cssParts)) assert.ok(pseudoElements.some((element) => element.name === `::part(${name})`));
    }
  });

  it('describes the same, and slots, properties and events, for the IDEs of JetBrains', async () => {
    const { contributions } = await readJson((await readJson('package.json'))['web-types']);
    for (const { tagName, attributes, slots, events, cssParts } of elements) {
      const tag = contributions.html.elements.find(({ name }) => name === tagName);
      assert.deepEqual(names(tag.attributes), names(attributes));
      assert.deepEqual(names(tag.slots), names(slots));
      assert.deepEqual(names(tag.js.events), names(events));
      assert.deepEqual(names(tag.js.properties), attributes.map(({ fieldName }) => fieldName).sort());
      assert.deepEqual(names(tag.css.parts), names(cssParts));
    }
  });
});
