// The buttons under the dialog, in each language: at the dialog's ordinary width they are in one row.
import { expect, fixture, html } from '@open-wc/testing';
import type { DownloadState } from 'model-download';
import 'model-download/define';
import { until } from '../../support/until.js';
import { settled } from '../../elements/dialog-fixture.js';
import { EVERY_STATUS, halfway, KEY, part, seen, stateOf, tell } from '../../elements/download-events.js';

const LANGUAGES = [
  ...['ar', 'bg', 'bn', 'ca', 'cs', 'da', 'de', 'el', 'en', 'es', 'fa', 'fi', 'fr', 'he', 'hi', 'hu', 'id', 'it', 'ja', 'ko'],
  ...['nb', 'nl', 'pl', 'pt-BR', 'pt-PT', 'ro', 'ru', 'sk', 'sv', 'th', 'tr', 'uk', 'vi', 'zh-Hans', 'zh-Hant'],
];

const states: readonly DownloadState[] = [
  ...EVERY_STATUS,
  stateOf({ status: 'idle', totalBytes: 100, cached: true }),
  halfway({ status: 'paused', isRestored: true, can: { resume: true, cancel: true } }),
  halfway({ status: 'cancelled', can: { restart: true } }),
];

describe('the footer of the dialog', () => {
  for (const lang of LANGUAGES) {
    it(`has its buttons in one row in ${lang}`, async () => {
      const page = await fixture<HTMLElement>(
        html`<div lang=${lang}><model-download-dialog model-key=${KEY} open></model-download-dialog></div>`,
      );
      const dialog = page.querySelector('model-download-dialog')!;
      tell(states[0]);
      await until(() => part(dialog, 'dialog')?.lang === lang);
      const wrapped: string[] = [];
      for (const state of states) {
        tell(state);
        await settled(dialog);
        const footer = part(dialog, 'footer')!;
        const shown = [...footer.querySelectorAll('button')].map((button) => button.getBoundingClientRect());
        const lines = [...footer.querySelectorAll('button')].map((button) => linesOf(button));
        if (new Set(shown.map(({ top }) => Math.round(top))).size > 1 || lines.some((count) => count > 1)) {
          wrapped.push(`${state.status}: ${[...footer.querySelectorAll('button')].map(seen).join(' | ')}`);
        }
      }
      expect(wrapped).to.deep.equal([]);
    });
  }
});

/** The number of lines of a button's label. */
function linesOf(button: Element): number {
  const label = document.createRange();
  label.selectNodeContents(button);
  return new Set([...label.getClientRects()].map(({ top }) => Math.round(top))).size;
}
