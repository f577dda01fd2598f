import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import {
  ModelDownloadChangeEvent,
  ModelStorageQueryEvent,
  type DownloadState,
  type ModelDownloadDialogElement,
  type ModelStorageQueryDetail,
} from 'model-download';
import 'model-download/define';
import 'model-download/define/model-storage';
import { EVERY_STATUS, halfway, KEY, part, seen } from './download-events.js';
import { reportOf, storedModel } from './storage-events.js';
import { until } from '../support/until.js';

const failed = halfway({ status: 'failed', failureCode: 'network', can: { retry: true } });
const offer = halfway({ status: 'paused', isRestored: true, kept: true, can: { resume: true, cancel: true } });
const running = EVERY_STATUS.find(({ status }) => status === 'downloading')!;

/** Dispatches a state to the elements of a document, as a connected manager does. */
function tellIn(target: Document, state: DownloadState): void {
  target.dispatchEvent(new ModelDownloadChangeEvent({ modelKey: KEY, state, aggregate: undefined, previousStatus: undefined }));
}

/** The effect of the styles on an element: a border, and its parts in rows. */
function looksOf(element: HTMLElement | null | undefined): Record<string, string> {
  const { borderTopWidth, borderTopLeftRadius, display } = element!.ownerDocument.defaultView!.getComputedStyle(element!);
  return { borderTopWidth, borderTopLeftRadius, display };
}

describe('in another document', () => {
  let frame: HTMLIFrameElement;
  let other: Document;

  beforeEach(async () => {
    frame = await fixture<HTMLIFrameElement>(html`<iframe title="Another document" width="600" height="600"></iframe>`);
    other = frame.contentDocument!;
  });

  for (const [what, tag, state, box, key] of [
    ['<model-progress-mini>', 'model-progress-mini', running, 'mini', KEY],
    ['the row of all downloads', 'model-progress-mini', running, 'mini', ''],
    ['the offer to resume', 'model-progress-mini', offer, 'mini', KEY],
    ['<download-recovery>', 'download-recovery', failed, 'recovery', KEY],
  ] as const) {
    it(`${what} keeps its styles, also when it moves back`, async () => {
      const element = await fixture<HTMLElementTagNameMap[typeof tag]>(`<${tag} model-key="${key}"></${tag}>`);
      const home = element.parentElement!;
      // As wide as the body of the other document: the layout depends on it.
      home.style.inlineSize = '584px';
      tellIn(document, state);
      await element.updateComplete;
      const looks = looksOf(part(element, box));
      expect(looks.borderTopWidth).to.equal('1px');
      for (const place of [other.body, home, document.implementation.createHTMLDocument().body, other.body]) {
        place.append(element);
        if (!place.ownerDocument.defaultView) continue;
        await element.updateComplete;
        tellIn(place.ownerDocument, state);
        await element.updateComplete;
        expect(looksOf(part(element, box))).to.deep.equal(looks);
      }
    });

    it(`${what} has its styles if it was created here and first inserted there`, async () => {
      const element = document.createElement(tag);
      element.modelKey = key;
      other.body.append(element);
      await element.updateComplete;
      tellIn(other, state);
      await element.updateComplete;
      expect(looksOf(part(element, box)).borderTopWidth).to.equal('1px');
    });
  }

  it('the dialog looks the same as here, with the recovery inside', async () => {
    const element = await fixture<ModelDownloadDialogElement>(html`<model-download-dialog model-key=${KEY} open></model-download-dialog>`);
    tellIn(document, failed);
    await element.updateComplete;
    const looks = looksOf(part(element, 'dialog'));
    other.body.append(element);
    tellIn(other, failed);
    await element.updateComplete;
    expect(part(element, 'dialog')?.matches(':modal')).to.equal(true);
    expect(looksOf(part(element, 'dialog'))).to.deep.equal(looks);
    const recovery = element.shadowRoot?.querySelector('download-recovery');
    await recovery?.updateComplete;
    expect(looksOf(part(recovery!, 'recovery')).borderTopWidth).to.equal('1px');
  });

  it('an open dialog that has moved does not hide the recovery that stayed', async () => {
    const recovery = await fixture<HTMLElementTagNameMap['download-recovery']>(
      html`<download-recovery model-key=${KEY}></download-recovery>`,
    );
    const dialog = await fixture<ModelDownloadDialogElement>(html`<model-download-dialog model-key=${KEY} open></model-download-dialog>`);
    tellIn(document, failed);
    await Promise.all([dialog.updateComplete, recovery.updateComplete]);
    expect(part(recovery, 'recovery')).to.equal(null);
    other.body.append(dialog);
    await dialog.updateComplete;
    await nextFrame();
    await recovery.updateComplete;
    expect(seen(recovery)).to.contain('The connection was lost');
  });

  it('<model-storage> keeps its styles and shows the answer of that document, also when it moves back', async () => {
    const page = new AbortController();
    const answerIn = (target: Document, modelName: string): void => {
      const answer = (event: Event): void =>
        (event as CustomEvent<ModelStorageQueryDetail>).detail.answer(Promise.resolve(reportOf([storedModel({ modelName })])));
      target.addEventListener(ModelStorageQueryEvent.eventName, answer, { signal: page.signal });
    };
    const home = await fixture<HTMLElement>(html`<div style="inline-size: 584px"></div>`);
    const element = document.createElement('model-storage');
    answerIn(document, 'Here');
    answerIn(other, 'There');
    // The storage is read when the element is seen: the frame is as high as the window.
    frame.before(home);
    home.append(element);
    await until(() => seen(element).includes('Here'));
    const looks = looksOf(part(element, 'storage'));
    expect(looks.borderTopWidth).to.equal('1px');
    for (const [place, shown] of [
      [other.body, 'There'],
      [home, 'Here'],
    ] as const) {
      place.append(element);
      await until(() => seen(element).includes(shown));
      expect(looksOf(part(element, 'storage'))).to.deep.equal(looks);
    }
    page.abort();
  });

  it('follows the language around a shadow root of that document', async () => {
    other.documentElement.lang = 'de';
    const root = other.body.appendChild(other.createElement('div')).attachShadow({ mode: 'open' });
    const element = document.createElement('model-progress-mini');
    element.modelKey = KEY;
    root.append(element);
    tellIn(other, running);
    await until(() => part(element, 'mini')?.lang === 'de');
  });
});
