import { elementUpdated, expect, fixture, html } from '@open-wc/testing';
import type { ModelProgressMiniElement } from 'model-download';
import 'model-download/define';
import { announced, halfway, KEY, MB, part, tell } from '../download-events.js';
import { until } from '../../support/until.js';

const PAUSED = halfway({ status: 'paused', can: { resume: true, cancel: true } });
const MOVING = halfway({ status: 'downloading', bytesDownloaded: 12.3 * MB, speed: 3.2 * MB, timeRemaining: 250, can: { cancel: true } });

/** The texts of a paused download, which differ between the languages. */
const PAUSED_IN = {
  en: 'Paused',
  de: 'Pausiert',
  fr: 'En pause',
  nb: 'Satt på pause',
  'pt-BR': 'Pausado',
  'pt-PT': 'Em pausa',
  'zh-Hans': '已暂停',
  'zh-Hant': '已暫停',
  ar: 'متوقف مؤقتًا',
  he: 'ההורדה מושהית',
} as const;

/** A row that shows a paused download, inside an element of a language. */
async function rowIn(lang: string): Promise<{ around: HTMLElement; row: ModelProgressMiniElement }> {
  const around = await fixture<HTMLElement>(html`<div lang=${lang}><model-progress-mini model-key=${KEY}></model-progress-mini></div>`);
  tell(PAUSED);
  const row = around.querySelector('model-progress-mini')!;
  await elementUpdated(row);
  return { around, row };
}

async function saysPaused(row: ModelProgressMiniElement, words: string): Promise<void> {
  await until(() => part(row, 'status')?.textContent === words);
}

/** Waits until the texts of a language are loaded, so that texts that are still English stay English. */
async function load(lang: keyof typeof PAUSED_IN): Promise<void> {
  const { row } = await rowIn(lang);
  await saysPaused(row, PAUSED_IN[lang]);
}

describe('the language of the elements', () => {
  it('is that of the nearest lang, with its number format', async () => {
    const { row } = await rowIn('de');
    await saysPaused(row, PAUSED_IN.de);
    tell(MOVING);
    await elementUpdated(row);
    expect(part(row, 'speed')?.textContent).to.match(/^3,2\sMB\/s$/);
    expect(part(row, 'mini')?.lang).to.equal('de');
  });

  it('follows a lang that changes or is removed', async () => {
    const { around, row } = await rowIn('de');
    await saysPaused(row, PAUSED_IN.de);
    around.lang = 'fr';
    await saysPaused(row, PAUSED_IN.fr);
    row.lang = 'de';
    await saysPaused(row, PAUSED_IN.de);
    row.removeAttribute('lang');
    await saysPaused(row, PAUSED_IN.fr);
    around.removeAttribute('lang');
    await saysPaused(row, PAUSED_IN.en);
  });

  it('is found and followed through shadow roots', async () => {
    const outer = await fixture<HTMLElement>(html`<div lang="de"></div>`);
    const middle = outer.appendChild(document.createElement('div'));
    const inner = middle.attachShadow({ mode: 'closed' }).appendChild(document.createElement('div'));
    const row = document.createElement('model-progress-mini');
    row.modelKey = KEY;
    inner.attachShadow({ mode: 'open' }).append(row);
    tell(PAUSED);
    await saysPaused(row, PAUSED_IN.de);
    outer.lang = 'fr';
    await saysPaused(row, PAUSED_IN.fr);
    inner.lang = 'de';
    await saysPaused(row, PAUSED_IN.de);
    inner.removeAttribute('lang');
    await saysPaused(row, PAUSED_IN.fr);
  });

  it('changes when an element moves', async () => {
    const [german, french] = [await rowIn('de'), await rowIn('fr')];
    await saysPaused(german.row, PAUSED_IN.de);
    french.around.append(german.row);
    tell(PAUSED);
    await saysPaused(german.row, PAUSED_IN.fr);
  });

  it('is not followed by a disconnected element', async () => {
    const { around, row } = await rowIn('de');
    const other = await rowIn('de');
    await saysPaused(row, PAUSED_IN.de);
    row.remove();
    around.lang = 'fr';
    other.around.lang = 'fr';
    await saysPaused(other.row, PAUSED_IN.fr);
    expect(part(row, 'status')?.textContent).to.equal(PAUSED_IN.de);
  });

  for (const [tag, language] of [
    ['de-AT', 'de'],
    ['DE', 'de'],
    ['pt', 'pt-BR'],
    ['pt-PT', 'pt-PT'],
    ['pt-MZ', 'pt-PT'],
    ['no', 'nb'],
    ['zh', 'zh-Hans'],
    ['zh-CN', 'zh-Hans'],
    ['zh-SG', 'zh-Hans'],
    ['zh-Hans-HK', 'zh-Hans'],
    ['iw', 'he'],
    ['ar-u-nu-latn', 'ar'],
    ['zh-TW', 'zh-Hant'],
    ['zh-Hant', 'zh-Hant'],
    ['zh-HK', 'zh-Hant'],
    ['zh-MO', 'zh-Hant'],
    ['de-Cyrl', 'en'],
    ['eo', 'en'],
    ['no such tag', 'en'],
    ['', 'en'],
  ] as const) {
    it(`is ${language} where lang is “${tag}”`, async () => {
      await Promise.all([load(language), load('zh-Hans'), load('de')]);
      const { row } = await rowIn(tag);
      await saysPaused(row, PAUSED_IN[language]);
      expect(part(row, 'mini')?.lang).to.equal(language === 'en' ? 'en' : tag);
    });
  }

  it('is Bokmål for Nynorsk, which not every browser has numbers for', async () => {
    const { row } = await rowIn('nn-NO');
    await saysPaused(row, PAUSED_IN.nb);
    tell(MOVING);
    await elementUpdated(row);
    expect(part(row, 'speed')?.textContent).to.match(/^3,2\sMB\/s$/);
    expect(part(row, 'mini')?.lang).to.equal('nb');
  });

  it('is European or Brazilian Portuguese, whichever is loaded first', async () => {
    const { row } = await rowIn('pt-AO');
    await saysPaused(row, PAUSED_IN['pt-PT']);
    await load('pt-BR');
    await load('pt-PT');
    row.lang = 'pt-BR';
    await saysPaused(row, PAUSED_IN['pt-BR']);
    row.lang = 'pt-AO';
    await saysPaused(row, PAUSED_IN['pt-PT']);
  });

  it('is marked with lang and dir if it differs from the page', async () => {
    const page = await fixture<HTMLElement>(
      html`<div lang="eo" dir="rtl"><model-progress-mini model-key=${KEY}></model-progress-mini></div>`,
    );
    tell(PAUSED);
    const row = page.querySelector('model-progress-mini')!;
    await saysPaused(row, PAUSED_IN.en);
    const drawn = part(row, 'mini')!;
    expect([drawn.lang, getComputedStyle(drawn).direction]).to.deep.equal(['en', 'ltr']);
    page.lang = 'ar';
    await saysPaused(row, PAUSED_IN.ar);
    expect([drawn.lang, getComputedStyle(drawn).direction]).to.deep.equal(['ar', 'rtl']);
  });

  for (const [lang, marked, words] of [
    ['und', 'en', PAUSED_IN.en],
    ['UND-Latn', 'en-Latn', PAUSED_IN.en],
    ['und-DE', 'de-DE', PAUSED_IN.de],
  ] as const) {
    it(`is marked as ${marked} for ${lang}`, async () => {
      const { row } = await rowIn(lang);
      await saysPaused(row, words);
      expect(part(row, 'mini')?.lang).to.equal(marked);
    });
  }

  it('is marked on the live region', async () => {
    const { row } = await rowIn('fr');
    await saysPaused(row, PAUSED_IN.fr);
    tell(halfway({ status: 'failed', failureCode: 'network' }));
    await elementUpdated(row);
    expect(announced(row)).to.deep.equal(['Phi-3 Advanced\u00a0: La connexion a été interrompue']);
    expect(row.shadowRoot?.querySelector<HTMLElement>('[role="status"]')?.lang).to.equal('fr');
  });
});
