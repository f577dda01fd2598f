// Every catalogue is complete, has its own texts, and is right in every plural form, in every engine.
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { describe, it } from 'node:test';

const folder = new URL('../../../dist/elements/i18n/catalogues/', import.meta.url);
const names = (await readdir(folder)).filter((name) => /^(?!en-).*\.js$/.test(name)).map((name) => name.replace('.js', ''));
const catalogues = new Map();
for (const name of names) catalogues.set(name, (await import(new URL(`${name}.js`, folder).href)).texts);
const english = catalogues.get('en');
const { NO_TEXTS } = await import(new URL('../no-texts.js', folder).href);

/** Enough to meet every plural form of the ten languages. */
const NUMBERS = [0, 1, 2, 3, 11, 100, 1_000_000];

/** A number as the elements hand it over. */
function count(number, language) {
  const plural = new Intl.PluralRules(language).select(number);
  return { number, text: new Intl.NumberFormat(language, { useGrouping: false }).format(number), plural };
}

/** Every text of a catalogue, by its path. */
function* textsOf(texts, path = '') {
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === 'object') yield* textsOf(value, `${path}${key}.`);
    else yield [`${path}${key}`, value];
  }
}

/** The arguments of a text that are numbers of things; the others are texts. */
const COUNTED = ['severalModels', 'startingAgain', 'attempt', 'filesDone'];

const FILES = {
  en: ['1 of 0 files', '1 of 1 file', '1 of 2 files', '1 of 3 files', '1 of 11 files', '1 of 100 files'],
  de: ['1 von 0 Dateien', '1 von 1 Datei', '1 von 2 Dateien', '1 von 3 Dateien', '1 von 11 Dateien', '1 von 100 Dateien'],
  fr: ['1 sur 0 fichier', '1 sur 1 fichier', '1 sur 2 fichiers', '1 sur 3 fichiers', '1 sur 11 fichiers', '1 sur 100 fichiers'],
  es: ['1 de 0 archivos', '1 de 1 archivo', '1 de 2 archivos', '1 de 3 archivos', '1 de 11 archivos', '1 de 100 archivos'],
  'pt-BR': ['1 de 0 arquivo', '1 de 1 arquivo', '1 de 2 arquivos', '1 de 3 arquivos', '1 de 11 arquivos', '1 de 100 arquivos'],
  it: ['1 di 0 file', '1 di 1 file', '1 di 2 file', '1 di 3 file', '1 di 11 file', '1 di 100 file'],
  ja: [0, 1, 2, 3, 11, 100].map((files) => `ファイル ${files} 個中 1 個`),
  'zh-Hans': [0, 1, 2, 3, 11, 100].map((files) => `1 / ${files} 个文件`),
  ar: ['1 من 0 ملف', '1 من ملف واحد', '1 من ملفين', '1 من 3 ملفات', '1 من 11 ملفًا', '1 من 100 ملف'],
  he: ['1 מתוך 0 קבצים', '1 מתוך קובץ אחד', '1 מתוך שני קבצים', '1 מתוך 3 קבצים', '1 מתוך 11 קבצים', '1 מתוך 100 קבצים'],
};

describe('the catalogues', () => {
  it('are of the ten languages', () => {
    assert.deepEqual(names.sort(), Object.keys(FILES).sort());
  });

  it('have the texts and types by which texts of a page are checked', () => {
    const shape = (texts) => [...textsOf(texts)].map(([path, text]) => `${path}: ${typeof text}`).sort();
    assert.deepEqual(shape(NO_TEXTS), shape(english));
  });

  for (const [language, texts] of catalogues) {
    describe(language, () => {
      it('has exactly the texts of the English one', () => {
        const shape = (of) => [...textsOf(of)].map(([path, text]) => `${path}: ${typeof text}`).sort();
        assert.deepEqual(shape(texts), shape(english));
      });

      it('has no empty text, and none with space around it', () => {
        for (const [path, text] of textsOf(texts)) {
          if (typeof text === 'string' && path !== 'separator') assert.ok(text && text === text.trim(), path);
        }
      });

      it('has no English text', () => {
        if (texts === english) return;
        const words = new Map(textsOf(english));
        for (const [path, text] of textsOf(texts)) {
          if (typeof text === 'string' && path !== 'separator') assert.notEqual(text, words.get(path), path);
        }
      });

      it('uses every argument of a text', () => {
        for (const [path, text] of textsOf(texts)) {
          if (typeof text !== 'function' || COUNTED.includes(path)) continue;
          const given = ['<first>', '<second>'].slice(0, text.length);
          const said = text(...given);
          for (const word of given) assert.ok(said.includes(word), `${path}: ${said}`);
        }
      });

      it('uses every number, in every plural form of the language', () => {
        const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
        const met = new Set(NUMBERS.map((number) => count(number, language).plural));
        assert.deepEqual([...met].sort(), [...pluralCategories].sort());
        for (const path of COUNTED) {
          const text = texts[path];
          const said = NUMBERS.map((number) => text(...[5, number].slice(-text.length).map((each) => count(each, language))));
          assert.equal(new Set(said).size, NUMBERS.length, `${path}: ${said.join(' | ')}`);
          for (const words of said) assert.doesNotMatch(words, /undefined|\[object/, path);
        }
      });

      it('counts files as the language does', () => {
        const said = [0, 1, 2, 3, 11, 100].map((files) => texts.filesDone(count(1, language), count(files, language)));
        assert.deepEqual(said, FILES[language]);
      });
    });
  }

  it('counts models in the six forms of Arabic', () => {
    const { severalModels } = catalogues.get('ar');
    const said = [0, 1, 2, 3, 11, 100].map((models) => severalModels(count(models, 'ar')));
    assert.deepEqual(said, ['0 نموذج', 'نموذج واحد', 'نموذجان', '3 نماذج', '11 نموذجًا', '100 نموذج']);
  });
});
