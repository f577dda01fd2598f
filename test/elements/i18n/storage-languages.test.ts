// <model-storage> in the language around it: texts, numbers, dates, direction, and texts of the page.
import { elementUpdated, expect } from '@open-wc/testing';
import { registerTexts } from 'model-download';
import 'model-download/define/model-storage';
import { buttons, MB, part, seen } from '../download-events.js';
import { reportOf, rows, storageElement, storedModel, StoragePage } from '../storage-events.js';
import { until } from '../../support/until.js';

const DAY = 86_400_000;
let page: StoragePage;

beforeEach(() => {
  const model = storedModel({ bytes: 2_256 * MB, lastUsed: Date.now() - 3 * DAY });
  page = new StoragePage(() => Promise.resolve(reportOf([model], { usage: 2_420 * MB, quota: 60_000 * MB })));
});

afterEach(() => {
  page.close();
  document.documentElement.lang = '';
});

describe('<model-storage>', () => {
  for (const [lang, title, row, usage, button] of [
    ['de', 'Modelle auf diesem Gerät', '2,3 GB Vollständig Zuletzt benutzt: vor 3 Tagen', '2,4 GB', 'Löschen: Phi-3 Advanced'],
    ['fr', 'Modèles sur cet appareil', '2,3 Go Complet Dernière utilisation : il y a 3 jours', '2,4 Go', 'Supprimer : Phi-3 Advanced'],
    ['ja', 'このデバイスにあるモデル', '2.3 GB 完了 最終使用：3 日前', '2.4 GB', '削除：Phi-3 Advanced'],
    // The digits of Arabic differ between browsers.
    ['ar-u-nu-latn', 'النماذج على هذا الجهاز', 'مكتمل آخر استخدام: قبل 3 أيام', '2.4', 'حذف: \u2068Phi-3 Advanced\u2069'],
  ] as const) {
    it(`has the texts, numbers and dates of ${lang}`, async () => {
      document.documentElement.lang = lang;
      const element = await storageElement();
      await until(() => seen(part(element, 'title')) === title);
      const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');
      expect(plain(seen(rows(element)[0]))).to.contain(row);
      expect(plain(seen(part(element, 'usage')))).to.contain(usage);
      expect(buttons(element).map(plain)).to.deep.equal([button]);
      expect(part(element, 'storage')?.lang).to.equal(lang);
      expect(part(element, 'storage')?.dir).to.equal(lang.startsWith('ar') ? 'rtl' : 'ltr');
    });
  }

  for (const [lang, title, shownLang] of [
    ['nn', 'Modeller på denne enheten', 'nb'],
    ['pt-PT', 'Modelos neste dispositivo', 'pt-PT'],
    ['zh-TW', '這部裝置上的模型', 'zh-TW'],
    ['eo', 'Models on this device', 'en'],
  ] as const) {
    it(`has the texts for ${lang} that the other elements have`, async () => {
      document.documentElement.lang = lang;
      const element = await storageElement();
      await until(() => seen(part(element, 'title')) === title && part(element, 'storage')?.lang === shownLang);
    });
  }

  it('has texts of Portugal that differ from those of Brazil', async () => {
    const element = await storageElement();
    for (const [lang, button] of [
      ['pt-BR', 'Excluir: Phi-3 Advanced'],
      ['pt-PT', 'Eliminar: Phi-3 Advanced'],
      ['pt-US', 'Excluir: Phi-3 Advanced'],
    ] as const) {
      document.documentElement.lang = lang;
      await until(() => buttons(element)[0] === button);
    }
  });

  it('changes its language with the page', async () => {
    const element = await storageElement();
    expect(seen(part(element, 'title'))).to.equal('Models on this device');
    document.documentElement.lang = 'it';
    await until(() => seen(part(element, 'title')) === 'Modelli su questo dispositivo');
  });

  it('has the texts of the page, ignores those of a wrong type, and reports these once with the name', async () => {
    const reported: unknown[] = [];
    const { reportError } = globalThis;
    globalThis.reportError = (error) => void reported.push(String(error));
    const element = await storageElement();
    registerTexts('en', { storage: { delete: 'Throw away' } });
    await elementUpdated(element);
    expect(buttons(element)).to.deep.equal(['Throw away: Phi-3 Advanced']);
    registerTexts('en', { storage: { delete: 7 as unknown as string } });
    await elementUpdated(element);
    expect(buttons(element)).to.deep.equal(['Throw away: Phi-3 Advanced']);
    registerTexts('en', { storage: { delete: 'Delete' } });
    await elementUpdated(element);
    globalThis.reportError = reportError;
    expect(reported).to.deep.equal(['TypeError: texts.storage.delete must be of type string, got 7']);
  });
});
