import { elementUpdated, expect, fixture, html } from '@open-wc/testing';
import type * as own from 'model-download';
import { registerTexts, type ModelProgressMiniElement, type PartialTexts } from 'model-download';
import 'model-download/define';
import { halfway, KEY, part, stateOf, tell } from '../download-events.js';
import { until } from '../../support/until.js';

const PAUSED = halfway({ status: 'paused' });
const STALLED = halfway({ status: 'stalled' });

// Registered texts stay for the page, so each test has its own language.
async function rowIn(lang: string): Promise<ModelProgressMiniElement> {
  const around = await fixture<HTMLElement>(html`<div lang=${lang}><model-progress-mini model-key=${KEY}></model-progress-mini></div>`);
  tell(PAUSED);
  return around.querySelector('model-progress-mini')!;
}

async function says(row: ModelProgressMiniElement, words: string): Promise<void> {
  await until(() => part(row, 'status')?.textContent === words);
}

describe('registerTexts', () => {
  it('adds a language at once, with English for missing texts', async () => {
    const row = await rowIn('sl');
    await says(row, 'Paused');
    registerTexts('sl', { status: { paused: 'Zaustavljeno' } });
    await says(row, 'Zaustavljeno');
    expect(part(row, 'mini')?.lang).to.equal('sl');
    tell(STALLED);
    await says(row, 'No data received');
  });

  it('overrides texts of a catalogue that is loaded later', async () => {
    registerTexts('it', { status: { paused: 'Ferma' } });
    const row = await rowIn('it');
    await says(row, 'Ferma');
    tell(STALLED);
    await says(row, 'Nessun dato in arrivo');
    tell(PAUSED);
    await says(row, 'Ferma');
  });

  it('adds to earlier registrations', async () => {
    registerTexts('et', { status: { paused: 'Ootel', stalled: 'Andmeid pole' } });
    registerTexts('et', { status: { paused: 'Peatatud' } });
    const row = await rowIn('et');
    await says(row, 'Peatatud');
    tell(STALLED);
    await says(row, 'Andmeid pole');
  });

  it('applies texts for a region to that region only', async () => {
    registerTexts('de-CH', { status: { paused: 'Pausiert (CH)' } });
    await says(await rowIn('de-CH'), 'Pausiert (CH)');
    await says(await rowIn('de-AT'), 'Pausiert');
  });

  it('keeps the scripts of a language apart', async () => {
    registerTexts('zh-Hant', { status: { paused: '暫停' } });
    await says(await rowIn('zh-TW'), '暫停');
    await says(await rowIn('zh-CN'), '已暂停');
  });

  it('passes numbers with their text and plural form', async () => {
    registerTexts('hr', {
      severalModels: ({ number, text, plural }) => `${number} ${text} ${plural}`,
    });
    const around = await fixture<HTMLElement>(html`<div lang="hr"><model-progress-mini></model-progress-mini></div>`);
    for (const modelKey of ['one', 'two', 'three']) tell(stateOf({ modelKey, status: 'downloading' }), undefined, modelKey);
    const row = around.querySelector('model-progress-mini')!;
    await elementUpdated(row);
    expect(part(row, 'title')?.textContent?.trim()).to.equal('3 3 few');
  });

  it('renders a registered language in the direction of its script', async () => {
    registerTexts('ur', { status: { paused: 'رکا ہوا' } });
    const row = await rowIn('ur');
    await says(row, 'رکا ہوا');
    expect(getComputedStyle(part(row, 'mini')!).direction).to.equal('rtl');
  });

  it('overrides English texts that other languages fall back on', async () => {
    const row = await rowIn('en-GB');
    registerTexts('en', { status: { stalled: 'Nothing comes' } });
    tell(STALLED);
    await says(row, 'Nothing comes');
    const other = await rowIn('eo');
    tell(STALLED);
    await says(other, 'Nothing comes');
  });

  it('throws a clear error for invalid texts, and registers none of them', async () => {
    for (const tag of ['', 'no such tag', 'de_AT']) {
      expect(() => registerTexts(tag, {}), tag).to.throw(RangeError, 'BCP 47 tag');
    }
    for (const texts of [undefined, null, 'words', 7]) {
      expect(() => registerTexts('lt', texts as unknown as PartialTexts)).to.throw(TypeError, 'texts must be of type object');
    }
    const wrong = { status: { stalled: 'Nėra duomenų', paused: () => 'Pauzė' } } as unknown as PartialTexts;
    expect(() => registerTexts('lt', wrong)).to.throw(TypeError, 'texts.status.paused must be of type string');
    expect(() => registerTexts('lt', { open: 'Rodyti' } as unknown as PartialTexts)).to.throw(
      TypeError,
      'texts.open must be of type function',
    );
    expect(() => registerTexts('lt', { unknown: 7 } as PartialTexts)).to.throw(TypeError, 'texts.unknown must be of type string');
    const row = await rowIn('lt');
    await says(row, 'Paused');
  });

  it('ignores what it does not know', async () => {
    registerTexts('lv', { status: { paused: 'Apturēts', asleep: 'Guļ' }, nonsense: 'Muļķības' } as PartialTexts);
    await says(await rowIn('lv'), 'Apturēts');
  });
});

describe('registerTexts of a second copy of the package', () => {
  /** A script from a CDN beside a bundle. */
  const COPY = '/dist/cdn/model-download.js';

  it('reaches the tags that the first has defined', async () => {
    const copy = (await import(COPY)) as typeof own;
    const row = await rowIn('is');
    await says(row, 'Paused');
    copy.registerTexts('is', { status: { paused: 'Í bið' } });
    await says(row, 'Í bið');
    registerTexts('is', { status: { paused: 'Stöðvað' } });
    await says(row, 'Stöðvað');
  });

  it('has tags that are reached by the first', async () => {
    const copy = (await import(COPY)) as typeof own;
    customElements.define('copied-row', class extends copy.ModelProgressMiniElement {});
    registerTexts('sq', { status: { paused: 'Në pauzë' } });
    const row = await fixture<ModelProgressMiniElement>(html`<copied-row lang="sq" model-key=${KEY}></copied-row>`);
    tell(PAUSED);
    await says(row, 'Në pauzë');
    registerTexts('sq', { status: { paused: 'Ndalur' } });
    await says(row, 'Ndalur');
  });

  it('can be of a version with other types', async () => {
    registerTexts('ms', { status: { paused: 'Dijeda' } });
    const { layers } = (globalThis as unknown as Record<symbol, { layers: unknown[] }>)[Symbol.for('model-download.texts')]!;
    layers.push(['ms-Latn', { status: { paused: () => 'later' } }]);
    await says(await rowIn('ms'), 'Dijeda');
    layers.pop();
  });
});
