// Every catalogue is complete, has its own texts, and is right in every plural form, in every engine.
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { describe, it } from 'node:test';

const folder = new URL('../../../dist/elements/i18n/catalogues/', import.meta.url);
const names = (await readdir(folder)).filter((name) => /^(?!en-).*\.js$/.test(name)).map((name) => name.replace('.js', ''));
const catalogues = new Map();
for (const name of names) catalogues.set(name, (await import(new URL(`${name}.js`, folder).href)).texts);
const english = catalogues.get('en');
const { FUNCTIONS, checkTexts } = await import(new URL('../check-texts.js', folder).href);

/** Enough to meet every plural form of the languages. Several languages have a form for fractions only. */
const NUMBERS = [...Array(26).keys(), 100, 101, 1_000_000, 1.5];

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

/** A copy whose groups can be changed. */
function copyOf(texts) {
  return Object.fromEntries(Object.entries(texts).map(([key, value]) => [key, typeof value === 'object' ? copyOf(value) : value]));
}

/** The arguments of a text that are numbers of things; the others are texts. */
const COUNTED = ['severalModels', 'startingAgain', 'attempt', 'filesDone'];

/** "1 of … files", where a language has up to two forms: for one file, and for another number. */
const FILES = {
  bg: ['1 от 1 файл', '1 от {} файла'],
  bn: ['১টি ফাইলের মধ্যে ১টি', '{}টি ফাইলের মধ্যে ১টি'],
  cs: ['1 z 1 souboru', '1 z {} souborů'],
  da: ['1 af 1 fil', '1 af {} filer'],
  de: ['1 von 1 Datei', '1 von {} Dateien'],
  el: ['1 από 1 αρχείο', '1 από {} αρχεία'],
  en: ['1 of 1 file', '1 of {} files'],
  fa: ['۱ از ۱ فایل', '۱ از {} فایل'],
  fi: ['1/1 tiedosto', '1/{} tiedostoa'],
  hi: ['1 फ़ाइल में से 1', '{} फ़ाइलों में से 1'],
  hu: ['1/1 fájl', '1/{} fájl'],
  id: ['1 dari 1 file', '1 dari {} file'],
  ja: ['ファイル 1 個中 1 個', 'ファイル {} 個中 1 個'],
  ko: ['파일 1개 중 1개', '파일 {}개 중 1개'],
  nb: ['1 av 1 fil', '1 av {} filer'],
  nl: ['1 van 1 bestand', '1 van {} bestanden'],
  pl: ['1 z 1 pliku', '1 z {} plików'],
  sk: ['1 z 1 súboru', '1 z {} súborov'],
  sv: ['1 av 1 fil', '1 av {} filer'],
  th: ['1 จาก 1 ไฟล์', '1 จาก {} ไฟล์'],
  tr: ['1 / 1 dosya', '1 / {} dosya'],
  vi: ['1/1 tệp', '1/{} tệp'],
  'zh-Hans': ['1 / 1 个文件', '1 / {} 个文件'],
  'zh-Hant': ['1 / 1 個檔案', '1 / {} 個檔案'],
};

/** The same, where a language has more forms, by number. */
const MORE_FILES = {
  ar: { 0: '1 من 0 ملف', 1: '1 من ملف واحد', 2: '1 من ملفين', 3: '1 من 3 ملفات', 11: '1 من 11 ملفًا', 100: '1 من 100 ملف' },
  ca: { 0: '1 de 0 fitxers', 1: '1 d’1 fitxer', 2: '1 de 2 fitxers', 11: '1 d’11 fitxers', 1_000_000: '1 de 1000000 de fitxers' },
  es: { 0: '1 de 0 archivos', 1: '1 de 1 archivo', 2: '1 de 2 archivos', 1_000_000: '1 de 1000000 de archivos' },
  fr: { 0: '1 sur 0 fichier', 1: '1 sur 1 fichier', 2: '1 sur 2 fichiers', 1_000_000: '1 sur 1000000 de fichiers' },
  he: { 0: '1 מתוך 0 קבצים', 1: '1 מתוך קובץ אחד', 2: '1 מתוך שני קבצים', 3: '1 מתוך 3 קבצים', 100: '1 מתוך 100 קבצים' },
  it: { 0: '1 di 0 file', 1: '1 di 1 file', 2: '1 di 2 file', 1_000_000: '1 di 1000000 di file' },
  'pt-BR': { 0: '1 de 0 arquivo', 1: '1 de 1 arquivo', 2: '1 de 2 arquivos', 1_000_000: '1 de 1000000 de arquivos' },
  'pt-PT': { 0: '1 de 0 ficheiros', 1: '1 de 1 ficheiro', 2: '1 de 2 ficheiros', 1_000_000: '1 de 1000000 de ficheiros' },
  ro: { 0: '1 din 0 fișiere', 1: '1 din 1 fișier', 19: '1 din 19 fișiere', 20: '1 din 20 de fișiere', 101: '1 din 101 fișiere' },
  ru: { 0: '1 из 0 файлов', 1: '1 из 1 файла', 2: '1 из 2 файлов', 5: '1 из 5 файлов', 21: '1 из 21 файла', 25: '1 из 25 файлов' },
  uk: { 0: '1 з 0 файлів', 1: '1 з 1 файлу', 2: '1 з 2 файлів', 5: '1 з 5 файлів', 21: '1 з 21 файлу', 25: '1 з 25 файлів' },
};

/** "… models" of the languages that have a form between singular and plural, by number. */
const MODELS = {
  ar: { 0: '0 نموذج', 1: 'نموذج واحد', 2: 'نموذجان', 3: '3 نماذج', 11: '11 نموذجًا', 100: '100 نموذج' },
  cs: { 0: '0 modelů', 1: '1 model', 2: '2 modely', 4: '4 modely', 5: '5 modelů', 21: '21 modelů', 22: '22 modelů' },
  he: { 0: '0 מודלים', 1: 'מודל אחד', 2: 'שני מודלים', 3: '3 מודלים' },
  pl: { 0: '0 modeli', 1: '1 model', 2: '2 modele', 5: '5 modeli', 12: '12 modeli', 21: '21 modeli', 22: '22 modele' },
  ro: { 0: '0 modele', 1: '1 model', 2: '2 modele', 19: '19 modele', 20: '20 de modele', 100: '100 de modele', 101: '101 modele' },
  ru: { 0: '0 моделей', 1: '1 модель', 2: '2 модели', 5: '5 моделей', 11: '11 моделей', 21: '21 модель', 22: '22 модели' },
  sk: { 0: '0 modelov', 1: '1 model', 2: '2 modely', 4: '4 modely', 5: '5 modelov', 21: '21 modelov', 22: '22 modelov' },
  uk: { 0: '0 моделей', 1: '1 модель', 2: '2 моделі', 5: '5 моделей', 11: '11 моделей', 21: '21 модель', 22: '22 моделі' },
};

/** Texts that are the same word as in English. */
const SAME_AS_ENGLISH = {
  ca: ['unknownModel'],
  cs: ['unknownModel'],
  da: ['unknownModel', 'variants', 'download'],
  de: ['variants'],
  fr: ['variants'],
  id: ['unknownModel'],
  nl: ['unknownModel'],
  pl: ['unknownModel'],
  ro: ['unknownModel'],
  sk: ['unknownModel'],
  sv: ['variants'],
  tr: ['unknownModel'],
};

/** Names that are in Latin script in every language. */
const NAMES = /ONNX Runtime|Content-Security-Policy/g;

/** A text with numbers in the place of its arguments. */
function exampleOf(text, language) {
  if (typeof text === 'string') return text;
  return text(...[5, 7].map((number) => ({ ...count(number, language), toString: () => String(number) })));
}

/** The plural forms of whole numbers. */
function formsOf(language) {
  const rules = new Intl.PluralRules(language);
  return [...new Set([...Array(1_000).keys(), 1_000_000].map((number) => rules.select(number)))].sort();
}

describe('the catalogues', () => {
  it('are of the thirty-five languages', () => {
    assert.equal(names.length, 35);
    assert.deepEqual(names.sort(), [...Object.keys(FILES), ...Object.keys(MORE_FILES)].sort());
  });

  it('with a form between singular and plural have a list of it here', () => {
    const between = names.filter((name) => formsOf(name).some((form) => form === 'two' || form === 'few'));
    assert.deepEqual(between.sort(), Object.keys(MODELS).sort());
  });

  it('have the functions by which texts of a page are checked', () => {
    const functions = Object.keys(english).filter((name) => typeof english[name] === 'function');
    assert.deepEqual([...FUNCTIONS].sort(), functions.sort());
  });

  it('are checked as texts of a page are, in every text', () => {
    for (const [path] of textsOf(english)) {
      const wrong = copyOf(english);
      const keys = path.split('.');
      const last = keys.pop();
      const group = keys.reduce((texts, key) => texts[key], wrong);
      group[last] = typeof group[last] === 'string' ? () => '' : 7;
      assert.throws(() => checkTexts(wrong), { name: 'TypeError', message: new RegExp(`^texts\\.${path} must be of type`) }, path);
    }
    for (const [, texts] of catalogues) checkTexts(texts);
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
        const same = [...textsOf(texts)].filter(([path, text]) => path !== 'separator' && text === words.get(path)).map(([path]) => path);
        assert.deepEqual(same, SAME_AS_ENGLISH[language] ?? []);
      });

      it('has no Latin letters in another script', () => {
        if (new Intl.Locale(language).maximize().script === 'Latn') return;
        for (const [path, text] of textsOf(texts)) {
          assert.doesNotMatch(exampleOf(text, language).replace(NAMES, ''), /[a-z]/i, path);
        }
      });

      it('has the signs of typography', () => {
        for (const [path, text] of textsOf(texts)) {
          const shown = exampleOf(text, language);
          assert.doesNotMatch(shown, /\.\.|'|"| {2}| [,.;:!?]/, path);
          assert.equal(shown, shown.normalize('NFC'), path);
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
        const [one, others] = FILES[language] ?? [];
        const expected = MORE_FILES[language] ?? { 1: one, ...Object.fromEntries([2, 3, 11, 100].map((files) => [files, others])) };
        for (const [files, words] of Object.entries(expected)) {
          const shown = count(Number(files), language);
          assert.equal(texts.filesDone(count(1, language), shown), words.replace('{}', shown.text));
        }
      });

      it('counts models as the language does', () => {
        for (const [models, words] of Object.entries(MODELS[language] ?? {})) {
          assert.equal(texts.severalModels(count(Number(models), language)), words);
        }
      });
    });
  }

  it('have a preposition after a whole number of millions in the languages with a plural form for it', () => {
    const ofMillions = names.filter((name) => new Intl.PluralRules(name).select(1_000_000) === 'many' && !MODELS[name]);
    assert.deepEqual(
      ofMillions.sort().map((name) => catalogues.get(name).severalModels(count(1_000_000, name))),
      ['1000000 de models', '1000000 de modelos', '1000000 de modèles', '1000000 di modelli', '1000000 de modelos', '1000000 de modelos'],
    );
  });

  it('have the numbers 0 and 1 in the singular in French, Brazilian Portuguese, Hindi and Bengali', () => {
    const said = ['fr', 'pt-BR', 'hi', 'bn'].map((language) => catalogues.get(language).filesDone(count(0, language), count(0, language)));
    assert.deepEqual(said, ['0 sur 0 fichier', '0 de 0 arquivo', '0 फ़ाइल में से 0', '০টি ফাইলের মধ্যে ০টি']);
  });

  it('have full-width punctuation in Chinese and Japanese', () => {
    for (const language of ['zh-Hans', 'zh-Hant', 'ja']) {
      for (const [path, text] of textsOf(catalogues.get(language))) {
        assert.doesNotMatch(exampleOf(text, language), /[,.:;!?()]/, `${language}: ${path}`);
      }
    }
  });

  it('have no space between words in Thai, Chinese and Japanese, and one before a number', () => {
    const said = ['th', 'zh-Hans', 'zh-Hant', 'ja'].map((language) => {
      const { timeLeft, fewSeconds } = catalogues.get(language);
      return [timeLeft(fewSeconds), timeLeft('21')];
    });
    assert.deepEqual(said, [
      ['เหลืออีกไม่กี่วินาที', 'เหลืออีก 21'],
      ['剩余几秒', '剩余 21'],
      ['幾秒後完成', '21後完成'],
      ['残り数秒', '残り 21'],
    ]);
  });

  it('have "de" elided before the numbers 1 and 11 in Catalan', () => {
    const { amount, attempt } = catalogues.get('ca');
    const totals = ['1,3 GB', '11,0 MB', '1 GB', '100 MB', '110 MB', '12,0 MB'].map((total) => amount('1,0 MB', total));
    assert.deepEqual(totals, [
      '1,0 MB d’1,3 GB',
      '1,0 MB d’11,0 MB',
      '1,0 MB d’1 GB',
      '1,0 MB de 100 MB',
      '1,0 MB de 110 MB',
      '1,0 MB de 12,0 MB',
    ]);
    assert.equal(attempt(count(1, 'ca'), count(1, 'ca')), 'Reintent 1 d’1');
  });
});
