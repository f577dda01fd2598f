import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { ModelDownloadBackgroundRequestEvent, ModelDownloadOpenRequestEvent, type ModelDownloadDialogElement } from 'model-download';
import 'model-download/define';
import { dialogWith, settled } from './dialog-fixture.js';
import { aggregateOf, announced, halfway, KEY, part, stateOf, tell } from './download-events.js';

const surface = (element: ModelDownloadDialogElement): HTMLDialogElement | null => element.shadowRoot?.querySelector('dialog') ?? null;

const refuse = (event: Event): void => event.preventDefault();

function requestOpen(modelKey = KEY): void {
  document.dispatchEvent(new ModelDownloadOpenRequestEvent({ modelKey }));
}

describe('<model-download-dialog> as a modal', () => {
  it('is modal while open, and reflects the property', async () => {
    const element = await dialogWith();
    expect(surface(element)?.matches(':modal')).to.equal(true);
    element.close();
    await settled(element);
    expect(surface(element)?.open).to.equal(false);
    expect(element.hasAttribute('open')).to.equal(false);
    element.show();
    await settled(element);
    expect(surface(element)?.matches(':modal')).to.equal(true);
  });

  for (const way of ['minimise', 'background'] as const) {
    it(`leaves the download running by ${way}, unless the page refuses`, async () => {
      const element = await dialogWith(halfway({ status: 'downloading', can: { cancel: true } }));
      element.addEventListener(ModelDownloadBackgroundRequestEvent.eventName, refuse, { once: true });
      part(element, way)?.click();
      await settled(element);
      expect(element.open).to.equal(true);
      part(element, way)?.click();
      await settled(element);
      expect(element.open).to.equal(false);
    });
  }

  it('closes on Escape without cancelling the download, unless the page prevents it', async () => {
    const element = await dialogWith(halfway({ status: 'downloading', can: { cancel: true } }));
    const asked: string[] = [];
    element.addEventListener('model-download-cancel-request', (event) => asked.push(event.type));
    element.addEventListener(ModelDownloadBackgroundRequestEvent.eventName, (event) => asked.push(event.type));
    element.addEventListener(ModelDownloadBackgroundRequestEvent.eventName, refuse);
    await sendKeys({ press: 'Escape' });
    await sendKeys({ press: 'Escape' });
    await settled(element);
    expect(element.open).to.equal(true);
    expect(surface(element)?.matches(':modal')).to.equal(true);
    element.removeEventListener(ModelDownloadBackgroundRequestEvent.eventName, refuse);
    await sendKeys({ press: 'Escape' });
    await settled(element);
    expect(element.open).to.equal(false);
    expect(new Set(asked)).to.deep.equal(new Set([ModelDownloadBackgroundRequestEvent.eventName]));
  });

  it('is usable by keyboard', async () => {
    const can = { pause: true, cancel: true };
    const element = await dialogWith(halfway({ status: 'downloading', can }), aggregateOf());
    const reached: string[] = [];
    for (let step = 0; step < 5; step++) {
      await sendKeys({ press: 'Tab' });
      const active = element.shadowRoot?.activeElement;
      reached.push(active?.getAttribute('aria-label') ?? active?.textContent?.trim().split('\n')[0]?.trim() ?? '');
    }
    expect(reached.map((words) => words.replace(/ ?\d.*$/, ''))).to.deep.equal([
      'Minimise',
      'Show details',
      'Cancel',
      'Pause',
      'Continue in background',
    ]);
    await sendKeys({ press: 'Enter' });
    await settled(element);
    expect(element.open).to.equal(false);
  });

  it('restores the focus when it closes', async () => {
    const opener = await fixture<HTMLButtonElement>(html`<button>Show</button>`);
    const element = await dialogWith(halfway({ status: 'downloading' }));
    element.close();
    await settled(element);
    opener.focus();
    element.show();
    await settled(element);
    expect(document.activeElement).to.equal(element);
    element.close();
    await settled(element);
    expect(document.activeElement).to.equal(opener);
  });

  it('keeps the focus inside when the focused button is removed', async () => {
    const element = await dialogWith(stateOf({}));
    part(element, 'start')?.focus();
    tell(stateOf({ status: 'checking', can: {} }));
    await settled(element);
    expect(document.activeElement).to.equal(element);
    expect(element.shadowRoot?.activeElement?.closest('dialog')).to.equal(surface(element));
  });

  it('keeps the focus on the button that pauses and resumes', async () => {
    const element = await dialogWith(halfway({ status: 'downloading', can: { pause: true } }));
    part(element, 'pause')?.focus();
    tell(halfway({ status: 'paused', can: { resume: true } }));
    await settled(element);
    expect(element.shadowRoot?.activeElement).to.equal(part(element, 'resume'));
  });

  it('opens on an open request, unless the page prevents it', async () => {
    const element = await fixture<ModelDownloadDialogElement>(html`<model-download-dialog model-key=${KEY}></model-download-dialog>`);
    requestOpen('other');
    await settled(element);
    expect(element.open).to.equal(false);
    document.addEventListener(ModelDownloadOpenRequestEvent.eventName, refuse, { once: true });
    requestOpen();
    await settled(element);
    expect(element.open).to.equal(false);
    requestOpen();
    await settled(element);
    expect(element.open).to.equal(true);
  });

  it('shows the download of the last open request when it has no key', async () => {
    const element = await fixture<ModelDownloadDialogElement>(html`<model-download-dialog></model-download-dialog>`);
    requestOpen('whisper');
    tell(stateOf({ modelName: 'Whisper' }), undefined, 'whisper');
    await settled(element);
    tell(stateOf({ modelName: 'Whisper' }), undefined, 'whisper');
    await settled(element);
    expect(element.open).to.equal(true);
    expect(part(element, 'title')?.textContent?.trim()).to.equal('Whisper');
  });

  it('is the only element that announces while it is modal', async () => {
    const mini = await fixture(html`<model-progress-mini model-key=${KEY}></model-progress-mini>`);
    const element = await dialogWith(halfway({ status: 'downloading', progress: 10 }));
    tell(halfway({ status: 'completed' }));
    await settled(element);
    expect(announced(mini)).to.deep.equal([]);
    expect(announced(element)).to.deep.equal(['Phi-3 Advanced: Ready to use']);
  });

  it('is shown again when it is reconnected', async () => {
    const element = await dialogWith(halfway({ status: 'downloading' }));
    const parent = element.parentElement;
    element.remove();
    parent?.append(element);
    await settled(element);
    expect(element.open).to.equal(true);
    expect(surface(element)?.matches(':modal')).to.equal(true);
  });

  describe('under an ancestor that is hidden', () => {
    let warned: unknown[] = [];
    const { warn } = console;

    beforeEach(() => {
      warned = [];
      console.warn = (...words: unknown[]) => void warned.push(words.join(' '));
    });

    afterEach(() => {
      console.warn = warn;
    });

    const tag = `<model-download-dialog model-key="${KEY}"></model-download-dialog>`;
    const hidden: Record<string, string> = {
      'display: none': `<div style="display: none">${tag}</div>`,
      'content-visibility: hidden': `<div style="content-visibility: hidden">${tag}</div>`,
      'content-visibility: hidden in content-visibility: auto': `<div style="content-visibility: auto"><div style="content-visibility: hidden">${tag}</div></div>`,
      'a closed <details>': `<details>${tag}</details>`,
      'a closed popover': `<div popover>${tag}</div>`,
    };
    for (const [how, content] of Object.entries(hidden)) {
      it(`does not block the page: ${how}`, async () => {
        const around = await fixture<HTMLElement>(content);
        const element = around.querySelector('model-download-dialog')!;
        const closed = new Promise((resolve) => element.addEventListener('close', resolve, { once: true }));
        element.show();
        await closed;
        expect(element.open).to.equal(false);
        expect(document.querySelector('model-download-dialog')!.shadowRoot!.querySelector(':modal')).to.equal(null);
        expect(warned).to.have.lengthOf(1);
      });
    }

    it('is shown in an off-screen section with content-visibility: auto', async () => {
      const around = await fixture<HTMLElement>(
        `<div>
          <div style="block-size: 5000px"></div>
          <section style="content-visibility: auto; contain-intrinsic-size: 500px"></section>
        </div>`,
      );
      const section = around.querySelector('section')!;
      const skipped = new Promise((resolve) => section.addEventListener('contentvisibilityautostatechange', resolve, { once: true }));
      section.innerHTML = tag;
      await skipped;
      const element = section.querySelector('model-download-dialog')!;
      element.show();
      await settled(element);
      const dialog = surface(element)!;
      // The first report of an observer follows the next rendering, as that of the dialog's own observer.
      await new Promise((resolve) => new IntersectionObserver(resolve, { root: document }).observe(dialog));
      expect([element.open, dialog.matches(':modal'), dialog.checkVisibility()]).to.deep.equal([true, true, true]);
      const { height, top, bottom } = dialog.getBoundingClientRect();
      expect(height).to.be.greaterThan(0);
      expect(top).to.be.at.least(0);
      expect(bottom).to.be.at.most(innerHeight);
      expect(warned).to.deep.equal([]);
    });

    it('is shown under an invisible ancestor, and under one that is unhidden in the same task', async () => {
      for (const how of ['visibility: hidden', 'display: none']) {
        const around = await fixture<HTMLElement>(`<div style="${how}">${tag}</div>`);
        const element = around.querySelector('model-download-dialog')!;
        element.show();
        if (how === 'display: none') around.style.display = 'block';
        await settled(element);
        expect(part(element, 'dialog')?.checkVisibility({ visibilityProperty: true }), how).to.equal(true);
        element.close();
        await settled(element);
      }
    });

    const ways: Record<string, (around: HTMLElement) => void> = {
      'display: none': ({ style }) => (style.display = 'none'),
      'content-visibility: hidden': ({ style }) => style.setProperty('content-visibility', 'hidden'),
      hidden: (around) => (around.hidden = true),
      'hidden="until-found"': (around) => around.setAttribute('hidden', 'until-found'),
      'a <details> that closes': (around) => around.closest('details')!.removeAttribute('open'),
    };
    for (const [how, hide] of Object.entries(ways)) {
      it(`leaves the page usable when that happens while it is open: ${how}`, async () => {
        const details = await fixture<HTMLElement>(`<details open><summary>More</summary><div class="around">${tag}</div></details>`);
        const element = details.querySelector('model-download-dialog')!;
        element.show();
        await settled(element);
        expect(element.shadowRoot?.querySelector(':modal')).to.not.equal(null);
        const closed = new Promise((resolve) => element.addEventListener('close', resolve, { once: true }));
        hide(details.querySelector('.around')!);
        await closed;
        expect(element.open).to.equal(false);
        expect(element.shadowRoot?.querySelector(':modal')).to.equal(null);
      });
    }

    it('stays open when it is scrolled or moved out of the viewport', async () => {
      const element = await dialogWith(halfway({ status: 'downloading' }));
      const dialog = surface(element)!;
      const unseen = new Promise<void>((resolve) => {
        new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => !isIntersecting) && resolve(), {
          root: document,
        }).observe(dialog);
      });
      dialog.style.translate = '-3000px';
      await unseen;
      await settled(element);
      expect(element.open).to.equal(true);
    });
  });
});
