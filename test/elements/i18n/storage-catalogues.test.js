// Every catalogue of <model-storage> is complete, and has its own texts.
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { describe, it } from 'node:test';

const folder = new URL('../../../dist/elements/model-storage/catalogues/', import.meta.url);
const names = (await readdir(folder)).filter((name) => name.endsWith('.js')).map((name) => name.replace('.js', ''));
const catalogues = new Map();
for (const name of names) catalogues.set(name, (await import(new URL(`${name}.js`, folder).href)).texts);
const english = catalogues.get('en');

/** The texts of a function's arguments. */
const ARGUMENTS = ['[1]', '[2]'];
const written = (text) => (typeof text === 'function' ? text(...ARGUMENTS.slice(0, text.length)) : text);

describe('the catalogues of <model-storage>', () => {
  it('are of the languages of the other elements', async () => {
    const others = await readdir(new URL('../../i18n/catalogues/', folder));
    const languages = others.filter((name) => /^(?!en-).*\.js$/.test(name)).map((name) => name.replace('.js', ''));
    assert.deepEqual(names.sort(), languages.sort());
  });

  for (const [language, texts] of catalogues) {
    describe(language, () => {
      it('has exactly the texts of the English one', () => {
        const shape = (of) => Object.entries(of).map(([key, text]) => `${key}: ${typeof text} ${text.length === 2 ? 2 : ''}`);
        const kinds = (of) => shape(of).map((line) => line.replace(/string .*/, 'string'));
        assert.deepEqual(kinds(texts).sort(), kinds(english).sort());
      });

      it('contains every argument, and no English text', () => {
        for (const [key, text] of Object.entries(texts)) {
          const result = written(text);
          assert.equal(typeof result, 'string');
          assert.equal(result, result.trim(), key);
          assert.notEqual(result, '', key);
          if (typeof text === 'function') for (const argument of ARGUMENTS.slice(0, text.length)) assert.ok(result.includes(argument), key);
          if (language !== 'en' && key !== 'buttonLabel') assert.notEqual(result, written(english[key]), key);
        }
      });

      it('has the signs of typography', () => {
        const isFullWidth = ['zh-Hans', 'zh-Hant', 'ja'].includes(language);
        for (const [key, text] of Object.entries(texts)) {
          assert.doesNotMatch(written(text), /\.\.|'|"| {2}| [,.;:!?]/, key);
          if (isFullWidth) assert.doesNotMatch(written(text), /[,.:;!?()]/, key);
          assert.equal(written(text), written(text).normalize('NFC'), key);
        }
      });

      it('has a label of each button that begins with its visible text, as WCAG 2.5.3 recommends', () => {
        for (const key of ['delete', 'undo']) assert.ok(texts.buttonLabel(texts[key], 'Phi-3').startsWith(texts[key]));
      });
    });
  }
});
