// A figure and its unit are on one line, in each language and each width.
import { elementUpdated, expect, fixture, html } from '@open-wc/testing';
import { formatBytes, formatDuration, formatSpeed, type DownloadState, type ModelStorageElement } from 'model-download';
import 'model-download/define';
import 'model-download/define/model-storage';
import { until } from '../../support/until.js';
import { settled } from '../../elements/dialog-fixture.js';
import { halfway, KEY, MB, part, stateOf, tell } from '../../elements/download-events.js';
import { reportOf, storedModel, StoragePage } from '../../elements/storage-events.js';

const LANGUAGES = [
  ...['ar', 'bg', 'bn', 'ca', 'cs', 'da', 'de', 'el', 'en', 'es', 'fa', 'fi', 'fr', 'he', 'hi', 'hu', 'id', 'it', 'ja', 'ko'],
  ...['nb', 'nl', 'pl', 'pt-BR', 'pt-PT', 'ro', 'ru', 'sk', 'sv', 'th', 'tr', 'uk', 'vi', 'zh-Hans', 'zh-Hant'],
];

/** From 240 px of a page with margins of 16 px up, in steps below the width of a word. */
const WIDTHS = Array.from({ length: 22 }, (_, index) => 208 + index * 8);

const BYTES = [2_256, 2_420, 60_000, 1_840, 100, 50, 12.3].map((size) => size * MB);
const SECONDS = [250, 42];

const STATES: readonly DownloadState[] = [
  stateOf({ status: 'idle', totalBytes: 2_256 * MB, cached: false, fits: true }),
  halfway({ status: 'downloading', bytesDownloaded: 12.3 * MB, speed: 3.2 * MB, timeRemaining: 250, can: { cancel: true } }),
  halfway({ status: 'paused', isRestored: true, can: { resume: true, cancel: true } }),
];

/** The formatted figures, with any kind of space in them. */
function figuresOf(locale: string): RegExp {
  const figures = [
    ...BYTES.map((bytes) => formatBytes(bytes, locale)),
    ...SECONDS.map((seconds) => formatDuration(seconds, locale)),
    formatSpeed(3.2 * MB, locale),
  ];
  const escaped = figures.map((figure) => figure.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replace(/\s/g, '\\s'));
  return new RegExp(escaped.sort((a, b) => b.length - a.length).join('|'), 'g');
}

/** The figures in the text of an element, with the place of each. */
function* placesOf(root: Element, figures: RegExp): Generator<[figure: string, range: Range]> {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (const { 0: figure, index } of (node.textContent ?? '').matchAll(figures)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + figure.length);
      yield [figure, range];
    }
  }
}

/** The figures that are on two lines. Parts of one line can have different fonts, and so different heights. */
function brokenIn(root: Element, figures: RegExp, found: Set<string>): string[] {
  const broken: string[] = [];
  for (const [figure, range] of placesOf(root, figures)) {
    found.add(figure.replace(/\s/g, ' '));
    const boxes = [...range.getClientRects()].filter(({ width }) => width > 0);
    const [first] = boxes;
    if (first && boxes.some(({ top, bottom }) => top > first.bottom - 4 || bottom < first.top + 4)) broken.push(figure);
  }
  return broken;
}

describe('the figures', () => {
  let page: StoragePage;

  beforeEach(() => {
    const model = storedModel({ bytes: 2_256 * MB });
    const others = [{ name: 'WebLLM', bytes: 1_840 * MB, isExact: false }];
    page = new StoragePage(() => Promise.resolve(reportOf([model], { usage: 2_420 * MB, quota: 60_000 * MB, others })));
  });

  afterEach(() => page.close());

  for (const lang of LANGUAGES) {
    it(`are not divided from their units in ${lang}`, async () => {
      const box = await fixture<HTMLElement>(
        html`<div lang=${lang}>
          <model-storage></model-storage>
          <model-progress-mini model-key=${KEY}></model-progress-mini>
          <download-recovery model-key=${KEY}></download-recovery>
          <model-download-dialog model-key=${KEY} open></model-download-dialog>
        </div>`,
      );
      const storage = box.querySelector<ModelStorageElement>('model-storage')!;
      const [row, recovery] = [box.querySelector('model-progress-mini')!, box.querySelector('download-recovery')!];
      const dialog = box.querySelector('model-download-dialog')!;
      const figures = figuresOf(lang);
      const [found, broken] = [new Set<string>(), new Set<string>()];
      const measure = (name: string, root: Element | null): void => {
        for (const width of WIDTHS) {
          box.style.inlineSize = `${width}px`;
          dialog.style.setProperty('--model-download-dialog-inline-size', `${width}px`);
          for (const figure of root ? brokenIn(root, figures, found) : []) broken.add(`${name}: ${figure}`);
        }
      };
      tell(STATES[0]);
      await until(() => part(storage, 'storage')?.lang === lang && part(dialog, 'dialog')?.lang === lang);
      await until(() => part(storage, 'usage') !== null);
      measure('storage', part(storage, 'storage'));
      for (const state of STATES) {
        tell(state);
        await settled(dialog);
        measure(`dialog, ${state.status}`, part(dialog, 'dialog'));
      }
      dialog.close();
      for (const state of STATES) {
        tell(state);
        await elementUpdated(row);
        measure(`row, ${state.status}`, part(row, 'mini'));
      }
      const retryAt = Date.now() + 41_900;
      tell(halfway({ status: 'waiting', failureCode: 'network', error: 'lost', attempt: 1, retryAt, can: { retry: true } }));
      await elementUpdated(recovery);
      measure('recovery', part(recovery, 'recovery'));
      expect([...broken]).to.deep.equal([]);
      expect(found.size, `the compared figures: ${[...found].join(' | ')}`).to.be.at.least(8);
    });
  }
});
