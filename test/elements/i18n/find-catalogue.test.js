// Each locale has the catalogue that its readers expect, and each catalogue is found: of <model-storage>, too.
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { describe, it } from 'node:test';

const elements = new URL('../../../dist/elements/', import.meta.url);
const { findCatalogue } = await import(new URL('i18n/find-catalogue.js', elements).href);
const { findStorageCatalogue } = await import(new URL('model-storage/find-storage-catalogue.js', elements).href);

/** The names of the catalogues in a folder, and the function that returns the name of the one for a language tag. */
async function readCatalogues(folder, find) {
  const files = await readdir(new URL(`${folder}/`, elements));
  const names = files.filter((name) => /^(?!en[.-]).*\.js$/.test(name)).map((name) => name.replace('.js', ''));
  const byTexts = new Map();
  for (const name of names) byTexts.set((await import(new URL(`${folder}/${name}.js`, elements).href)).texts, name);
  const nameFor = async (tag) => byTexts.get((await find(new Intl.Locale(tag).maximize().baseName)?.())?.texts);
  return { names, nameFor };
}

const all = {
  'the tags of a download': await readCatalogues('i18n/catalogues', findCatalogue),
  '<model-storage>': await readCatalogues('model-storage/catalogues', findStorageCatalogue),
};

const TAGS = {
  // Portuguese: by `parentLocales` of CLDR.
  pt: 'pt-BR',
  'pt-BR': 'pt-BR',
  'pt-US': 'pt-BR',
  'pt-PT': 'pt-PT',
  'pt-PT-ao1990': 'pt-PT',
  'pt-AO': 'pt-PT',
  'pt-MZ': 'pt-PT',
  'pt-CV': 'pt-PT',
  'pt-GW': 'pt-PT',
  'pt-TL': 'pt-PT',
  'pt-MO': 'pt-PT',
  // Norwegian.
  no: 'nb',
  nb: 'nb',
  nn: 'nb',
  'nn-NO': 'nb',
  'nb-SJ': 'nb',
  // Chinese, by its script.
  zh: 'zh-Hans',
  'zh-SG': 'zh-Hans',
  'zh-MY': 'zh-Hans',
  'zh-Hans-HK': 'zh-Hans',
  'zh-TW': 'zh-Hant',
  'zh-HK': 'zh-Hant',
  'zh-MO': 'zh-Hant',
  'zh-Hant': 'zh-Hant',
  'zh-Hant-CN': 'zh-Hant',
  // Regions and variants.
  'de-AT': 'de',
  'nl-BE': 'nl',
  'sv-FI': 'sv',
  'fr-CA': 'fr',
  'es-419': 'es',
  'ro-MD': 'ro',
  'ca-valencia': 'ca',
  'fa-AF': 'fa',
  'bn-IN': 'bn',
  'ar-u-nu-latn': 'ar',
  // Old tags.
  iw: 'he',
  in: 'id',
  // A script that the texts do not have, and other languages.
  'hi-Latn': undefined,
  'de-Cyrl': undefined,
  'ru-Latn': undefined,
  'nb-Cyrl': undefined,
  nnh: undefined,
  eo: undefined,
  en: undefined,
};

for (const [of, { names, nameFor }] of Object.entries(all)) {
  describe(`the catalogue of ${of} for a locale`, () => {
    for (const [tag, name] of Object.entries(TAGS)) {
      it(`is ${name} for ${tag}`, async () => {
        assert.equal(await nameFor(tag), name);
      });
    }

    it('is found for each catalogue by its own name', async () => {
      assert.equal(names.length, 34);
      for (const name of names) assert.equal(await nameFor(name), name);
    });
  });
}
