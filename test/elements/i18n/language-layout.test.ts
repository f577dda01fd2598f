import { elementUpdated, expect, fixture, html, nextFrame } from '@open-wc/testing';
import { formatBytes, type DownloadRecoveryElement, type ModelDownloadDialogElement, type ModelProgressMiniElement } from 'model-download';
import 'model-download/define';
import { settled } from '../dialog-fixture.js';
import { aggregateOf, halfway, KEY, MB, part, seen, tell } from '../download-events.js';
import { until } from '../../support/until.js';

const PAUSED = halfway({ status: 'paused', can: { resume: true, cancel: true } });
const MOVING = halfway({ status: 'downloading', bytesDownloaded: 12.3 * MB, speed: 3.2 * MB, timeRemaining: 250, can: { cancel: true } });
const WAITING = halfway({
  status: 'waiting',
  failureCode: 'network',
  error: 'Failed to fetch',
  attempt: 1,
  can: { cancel: true, retry: true },
});

/** How far left the first occurrence of a text begins on the screen, in px. */
function leftOf(element: Element, words: string): number {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const start = node.textContent?.indexOf(words) ?? -1;
    if (start < 0) continue;
    const range = document.createRange();
    range.setStart(node, start);
    range.setEnd(node, start + words.length);
    return range.getBoundingClientRect().left;
  }
  throw new Error(`“${words}” is not there`);
}

describe('the button of the details in 320 px', () => {
  // The longest labels.
  for (const [lang, shown] of [
    ['bg', 'Показване на подробности'],
    ['de', 'Details anzeigen'],
    ['el', 'Εμφάνιση λεπτομερειών'],
    ['hu', 'Részletek megjelenítése'],
    ['pt-PT', 'Mostrar detalhes'],
    ['sk', 'Zobraziť podrobnosti'],
    ['uk', 'Показати подробиці'],
  ] as const) {
    it(`has its label on one line in ${lang}`, async () => {
      const page = await fixture<HTMLElement>(
        html`<div lang=${lang}><model-download-dialog model-key=${KEY} open></model-download-dialog></div>`,
      );
      const dialog = page.querySelector('model-download-dialog')!;
      dialog.style.setProperty('--model-download-dialog-inline-size', '288px');
      const [file] = aggregateOf().files;
      const files = Array.from({ length: 1_234 }, (_, at) => ({ ...file!, file: `${at}.onnx` }));
      tell(MOVING, aggregateOf({ files }));
      await until(() => part(dialog, 'dialog')?.lang === lang);
      await settled(dialog);
      const label = part(dialog, 'toggle')!.querySelector('.label')!;
      expect(label.textContent).to.equal(shown);
      const words = document.createRange();
      words.selectNodeContents(label);
      expect(new Set([...words.getClientRects()].map(({ top }) => top))).to.have.property('size', 1);
      expect(part(dialog, 'toggle')!.scrollWidth).to.be.at.most(part(dialog, 'toggle')!.clientWidth);
    });
  }
});

for (const [lang, words] of [
  ['ar', { resume: 'استئناف', of: 'من', waiting: 'انقطع الاتصال' }],
  ['fa', { resume: 'ادامه', of: 'از', waiting: 'اتصال قطع شد' }],
  ['he', { resume: 'המשך', of: 'מתוך', waiting: 'החיבור נותק' }],
] as const) {
  describe(`the elements in ${lang}`, () => {
    async function pageOf(
      state: unknown,
    ): Promise<{ dialog: ModelDownloadDialogElement; row: ModelProgressMiniElement; recovery: DownloadRecoveryElement }> {
      const page = await fixture<HTMLElement>(
        html`<div lang=${lang} dir="rtl">
          <model-progress-mini model-key=${KEY}></model-progress-mini>
          <download-recovery model-key=${KEY}></download-recovery>
          <model-download-dialog model-key=${KEY} open></model-download-dialog>
        </div>`,
      );
      tell(state, aggregateOf());
      const dialog = page.querySelector('model-download-dialog')!;
      await until(() => part(dialog, 'dialog')?.lang === lang);
      await settled(dialog);
      return { dialog, row: page.querySelector('model-progress-mini')!, recovery: page.querySelector('download-recovery')! };
    }

    it('has its numbers in reading order', async () => {
      const { dialog, row } = await pageOf(MOVING);
      const amount = part(dialog, 'amount')!;
      expect(getComputedStyle(amount).direction).to.equal('rtl');
      // Read from the right: how much is here, then of how much.
      const [here, all] = [12.3 * MB, 100 * MB].map((bytes) => formatBytes(bytes, lang).replace(' ', '\u00a0')) as [string, string];
      expect(amount.textContent).to.equal(`\u2068${here}\u2069 ${words.of} \u2068${all}\u2069`);
      expect(leftOf(amount, here)).to.be.greaterThan(leftOf(amount, words.of));
      expect(leftOf(amount, words.of)).to.be.greaterThan(leftOf(amount, all));
      // A number is before its unit, in the unit's direction, and the Persian words "per second" are after it.
      const speed = part(row, 'speed')!;
      const [number, unit] = [new Intl.NumberFormat(lang).format(3.2), lang === 'ar' ? 'م.ب' : 'MB'];
      const isFirst = leftOf(speed, number) < leftOf(speed, unit);
      expect(isFirst).to.equal(lang === 'he');
      if (lang === 'fa') expect(leftOf(speed, 'ثانیه')).to.be.lessThan(leftOf(speed, unit));
    });

    it('keeps the names of files and of the model in their own direction', async () => {
      const { dialog } = await pageOf(MOVING);
      part(dialog, 'toggle')?.click();
      await settled(dialog);
      for (const name of [part(dialog, 'file-name')!, part(dialog, 'title')!.querySelector('bdi')!]) {
        expect(getComputedStyle(name).direction).to.equal('ltr');
      }
      expect(seen(dialog)).to.contain(aggregateOf().files[0]!.file);
    });

    it('is accessible from right to left', async () => {
      const { dialog, row, recovery } = await pageOf(PAUSED);
      expect(part(dialog, 'resume')?.textContent).to.equal(words.resume);
      await expect(dialog).to.be.accessible();
      tell(WAITING);
      await settled(dialog);
      const inside = dialog.shadowRoot!.querySelector('download-recovery')!;
      await elementUpdated(inside);
      expect(part(dialog, 'status')?.textContent).to.equal(words.waiting);
      dialog.close();
      await Promise.all([settled(dialog), elementUpdated(row), elementUpdated(recovery)]);
      await nextFrame();
      for (const drawn of [part(recovery, 'recovery')!, part(row, 'mini')!]) {
        expect([drawn.lang, getComputedStyle(drawn).direction]).to.deep.equal([lang, 'rtl']);
      }
      await expect(recovery).to.be.accessible();
      await expect(row).to.be.accessible();
    });
  });
}
