// What a user decides by before a start: the connection, the terms of the page, and the variants of a model.
import { elementUpdated, expect, fixture, html, nextFrame } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { ModelDownloadStartRequestEvent, type DownloadVariant, type ModelDownloadDialogElement } from 'model-download';
import 'model-download/define';
import { until } from '../support/until.js';
import { dialogWith, settled } from './dialog-fixture.js';
import { KEY, MB, part, seen, stateOf, tell, type StateFields } from './download-events.js';

/** Replaces the connection of the device until the returned function is called. */
function connect(fields: object): { readonly connection: EventTarget; readonly restore: () => void } {
  const connection = Object.assign(new EventTarget(), fields);
  Object.defineProperty(navigator, 'connection', { configurable: true, value: connection });
  return { connection, restore: () => void Reflect.deleteProperty(navigator, 'connection') };
}

/** The details of the start requests that an action causes. */
async function startsOf(action: () => unknown): Promise<readonly unknown[]> {
  const details: unknown[] = [];
  const listener = (event: ModelDownloadStartRequestEvent): number => details.push(event.detail);
  document.addEventListener(ModelDownloadStartRequestEvent.eventName, listener);
  await action();
  document.removeEventListener(ModelDownloadStartRequestEvent.eventName, listener);
  return details;
}

const idle = (fields: StateFields = {}) => stateOf({ totalBytes: 90 * MB, cached: false, fits: true, ...fields });

describe('the notice about the connection', () => {
  const cases = [
    [{ saveData: true, type: 'cellular' }, 'Data saving is on in this browser'],
    [{ saveData: false, type: 'cellular', effectiveType: '3g' }, 'You are on mobile data'],
    [{ effectiveType: '3g' }, 'Your connection is slow'],
    [{ effectiveType: '2g' }, 'Your connection is slow'],
    [{ effectiveType: 'slow-2g' }, 'Your connection is slow'],
    [{ saveData: false, type: 'wifi', effectiveType: '4g' }, undefined],
    [{ saveData: 'on', type: 'unknown', effectiveType: 7 }, undefined],
    [{}, undefined],
  ] as const;
  for (const [fields, text] of cases) {
    it(`is ${text ? `"${text}"` : 'missing'} with ${JSON.stringify(fields)}`, async () => {
      const { restore } = connect(fields);
      const element = await dialogWith(idle({ lastSpeed: MB }));
      restore();
      if (text === undefined) expect(part(element, 'connection')).to.equal(null);
      else expect(seen(part(element, 'connection'))).to.contain(text);
      expect(seen(part(element, 'last-speed'))).to.equal(text ? '1 min 30 s at the speed of your last download' : '');
    });
  }

  it('is missing where the browser has no such API', async () => {
    Object.defineProperty(navigator, 'connection', { configurable: true, value: undefined });
    const element = await dialogWith(idle({ lastSpeed: MB }));
    Reflect.deleteProperty(navigator, 'connection');
    expect(part(element, 'connection')).to.equal(null);
  });

  it('has no time without a last download, and counts the missing bytes only', async () => {
    const { restore } = connect({ saveData: true });
    const element = await dialogWith(idle());
    expect(part(element, 'last-speed')).to.equal(null);
    tell(idle({ lastSpeed: MB, cachedBytes: 30 * MB }));
    await settled(element);
    expect(seen(part(element, 'last-speed'))).to.contain('1 min at the speed');
    tell(idle({ lastSpeed: MB, cached: true }));
    await settled(element);
    restore();
    expect(part(element, 'connection'), 'nothing to download').to.equal(null);
  });

  it('depends on the missing bytes, as the label and the space do: the runtime’s file can be the only one', async () => {
    const { restore } = connect({ saveData: true });
    const element = await dialogWith(idle({ lastSpeed: MB, cached: true, cachedBytes: 60 * MB, fits: false }));
    expect(seen(part(element, 'connection'))).to.contain('Data saving is on');
    expect(seen(part(element, 'last-speed'))).to.contain('30 s at the speed');
    expect(seen(part(element, 'facts')))
      .to.contain('may not be enough space')
      .and.contain('30.0 MB to download');
    expect(seen(part(element, 'start'))).to.equal('Download');
    tell(idle({ lastSpeed: MB, cached: false, cachedBytes: 90 * MB, fits: true }));
    await settled(element);
    restore();
    expect(part(element, 'connection'), 'with all bytes').to.equal(null);
    expect(seen(part(element, 'start'))).to.equal('Load');
  });

  it('follows a change of the connection', async () => {
    const { connection, restore } = connect({ type: 'wifi' });
    const element = await dialogWith(idle());
    Object.assign(connection, { type: 'cellular' });
    connection.dispatchEvent(new Event('change'));
    await settled(element);
    restore();
    expect(seen(part(element, 'connection'))).to.contain('mobile data');
  });

  it('is beside the bytes of an unfinished download', async () => {
    const { restore } = connect({ type: 'cellular' });
    const restored = { status: 'paused', isRestored: true, kept: true, bytesDownloaded: 30 * MB, totalBytes: 90 * MB } as const;
    const element = await dialogWith(stateOf({ ...restored, lastSpeed: MB, can: { resume: true, cancel: true } }));
    restore();
    expect(seen(part(element, 'last-speed'))).to.contain('1 min at the speed');
  });
});

describe('the words before a start', () => {
  const size = '90.0 MB';
  const cases: readonly (readonly [fields: StateFields, facts: readonly string[], start: string])[] = [
    [{ totalBytes: undefined, cached: undefined, fits: undefined }, ['Size not known yet'], 'Download'],
    [{ cached: undefined, fits: undefined }, [`${size} to download`], 'Download'],
    [{}, [`${size} to download`, 'Not on this device yet', 'Enough space on this device'], 'Download'],
    [{ cachedBytes: 0 }, [`${size} to download`, 'Not on this device yet', 'Enough space on this device'], 'Download'],
    [{ cachedBytes: 30 * MB }, ['60.0 MB to download', '30.0 MB already on this device', 'Enough space on this device'], 'Download'],
    [
      { cachedBytes: 88.7 * MB, fits: false },
      ['1.3 MB to download', '88.7 MB already on this device', 'There may not be enough space on this device'],
      'Download',
    ],
    // The stored bytes decide, if they are known.
    [{ cachedBytes: 90 * MB }, [size, 'Already on this device'], 'Load'],
    [
      { cached: true, cachedBytes: 30 * MB },
      ['60.0 MB to download', '30.0 MB already on this device', 'Enough space on this device'],
      'Download',
    ],
    [{ cached: true }, [size, 'Already on this device'], 'Load'],
    [{ cached: true, cachedBytes: 91 * MB }, [size, 'Already on this device'], 'Load'],
  ];
  for (const [fields, facts, start] of cases) {
    it(`are "${facts.join(', ')}" with ${JSON.stringify(fields)}`, async () => {
      const { restore } = connect({ saveData: true });
      const element = await dialogWith(idle({ lastSpeed: MB, ...fields }));
      restore();
      const lines = [...part(element, 'facts')!.querySelectorAll('li')].map(seen);
      // A connection that may be metered matters if there is something to download; its time needs a size.
      const downloads = start === 'Download';
      const notices = [part(element, 'connection'), part(element, 'last-speed')].map((notice) => notice !== null);
      expect(notices).to.deep.equal([downloads, downloads && facts[0] !== 'Size not known yet']);
      expect(lines.slice(0, facts.length)).to.deep.equal(facts);
      expect(lines).to.have.length(facts.length + notices.filter(Boolean).length);
      expect(seen(part(element, 'start'))).to.equal(start);
    });
  }
});

describe('the terms of a page', () => {
  async function withTerms(terms: unknown): Promise<ModelDownloadDialogElement> {
    const element = await fixture<ModelDownloadDialogElement>(
      html`<model-download-dialog model-key=${KEY} open>${terms}</model-download-dialog>`,
    );
    tell(idle());
    await settled(element);
    await settled(element);
    return element;
  }

  const click =
    (element: Element, name = 'start') =>
    async (): Promise<void> => {
      part(element, name)?.click();
      await elementUpdated(element);
      await nextFrame();
    };

  it('hold the start until a required control is valid, and focus it', async () => {
    const element = await withTerms(html`<label slot="terms"><input type="checkbox" required /> I accept the licence</label>`);
    const box = element.querySelector('input')!;
    let invalid = 0;
    box.addEventListener('invalid', () => (invalid += 1));
    expect(part(element, 'terms')?.checkVisibility()).to.equal(true);
    expect(seen(part(element, 'terms-hint'))).to.equal('');
    expect(invalid, 'nothing is reported before the user starts').to.equal(0);

    expect(await startsOf(click(element))).to.deep.equal([]);
    expect([invalid, document.activeElement]).to.deep.equal([1, box]);
    const hint = part(element, 'terms-hint')!;
    expect([hint.role ?? hint.getAttribute('role'), seen(hint)]).to.deep.equal(['alert', 'Accept the terms to start the download.']);

    box.click();
    await settled(element);
    expect(seen(hint), 'the text goes with its reason').to.equal('');
    expect(await startsOf(click(element))).to.deep.equal([{ modelKey: KEY }]);
  });

  it('can be any form control, of which the first invalid one gets the focus', async () => {
    const element = await withTerms(
      html`<form slot="terms"><input type="checkbox" checked required /><input name="age" type="number" min="18" value="7" required /></form>
        <select slot="terms" required><option value="">Choose</option></select>`,
    );
    expect(await startsOf(click(element))).to.deep.equal([]);
    expect((document.activeElement as HTMLInputElement).name).to.equal('age');
  });

  it('can be a form-associated custom element', async () => {
    class OwnConsent extends HTMLElement {
      static readonly formAssociated = true;
      readonly internals = this.attachInternals();
      constructor() {
        super();
        this.internals.setValidity({ valueMissing: true }, 'required');
        this.tabIndex = 0;
      }
      get validity(): ValidityState {
        return this.internals.validity;
      }
      checkValidity(): boolean {
        return this.internals.checkValidity();
      }
    }
    customElements.define('own-consent', OwnConsent);
    const element = await withTerms(html`<own-consent slot="terms"></own-consent>`);
    expect(await startsOf(click(element))).to.deep.equal([]);
    const consent = element.querySelector<OwnConsent>('own-consent')!;
    expect(document.activeElement).to.equal(consent);
    consent.internals.setValidity({});
    expect(await startsOf(click(element))).to.have.length(1);
  });

  it('hold nothing without a required control', async () => {
    for (const terms of [
      html`<p slot="terms">By starting you accept the <a href="#licence">licence</a>.</p>`,
      html`<label slot="terms"><input type="checkbox" /> Send me news</label>`,
      html`<input slot="terms" required disabled />`,
      html``,
    ]) {
      const element = await withTerms(terms);
      expect(await startsOf(click(element))).to.deep.equal([{ modelKey: KEY }]);
    }
  });

  it('take no place without content, and are shown before the start only', async () => {
    const empty = await withTerms(html``);
    expect(part(empty, 'terms')?.checkVisibility()).to.equal(false);
    const element = await withTerms(html`<label slot="terms"><input type="checkbox" required /> I accept</label>`);
    tell(stateOf({ status: 'downloading', can: { cancel: true } }));
    await settled(element);
    expect(element.querySelector('label')?.checkVisibility()).to.equal(false);
  });

  it('do not prevent "Not now"', async () => {
    const element = await withTerms(html`<label slot="terms"><input type="checkbox" required /> I accept</label>`);
    await click(element, 'close')();
    expect(element.open).to.equal(false);
  });
});

describe('the variants of a model', () => {
  const variant = (key: string, size: number, fields: Partial<DownloadVariant> = {}): DownloadVariant => ({
    variant: key,
    name: `Model ${key}`,
    totalBytes: size * MB,
    cached: false,
    cachedBytes: 0,
    excludesRuntime: false,
    fits: true,
    ...fields,
  });
  const variants = [
    variant('q4', 90),
    variant('q8', 180, { cached: true, cachedBytes: 180 * MB, fits: undefined }),
    variant('fp16', 360, { fits: false }),
  ];

  async function choice(fields: StateFields = {}): Promise<ModelDownloadDialogElement> {
    const element = await dialogWith(idle({ variant: 'q4', variants, ...fields }));
    // It waits for the choice, which is imported.
    await elementUpdated(element);
    return element;
  }

  const radios = (element: Element): HTMLInputElement[] => [...(element.shadowRoot?.querySelectorAll<HTMLInputElement>('input') ?? [])];

  it('are a named group of radio buttons, with size, availability and space', async () => {
    const element = await choice();
    await expect(element).shadowDom.to.be.accessible();
    const group = part(element, 'variants')!;
    expect([group.localName, seen(group.querySelector('legend'))]).to.deep.equal(['fieldset', 'Version']);
    expect([...group.querySelectorAll('label')].map(seen)).to.deep.equal([
      'Model q4 90.0 MB',
      'Model q8 180.0 MB Already on this device',
      'Model fp16 360.0 MB There may not be enough space on this device',
    ]);
    expect(radios(element).map(({ type, checked }) => [type, checked])).to.deep.equal([
      ['radio', true],
      ['radio', false],
      ['radio', false],
    ]);
  });

  it('are chosen by keyboard, and the facts and the request follow', async () => {
    const element = await choice();
    radios(element)[0]?.focus();
    await sendKeys({ press: 'ArrowDown' });
    await settled(element);
    expect(radios(element)[1]?.checked).to.equal(true);
    expect(seen(part(element, 'facts')))
      .to.contain('180.0 MB')
      .and.contain('Already on this device');
    expect(seen(part(element, 'start'))).to.equal('Load');
    await sendKeys({ press: 'ArrowDown' });
    await settled(element);
    expect(seen(part(element, 'facts')))
      .to.contain('360.0 MB to download')
      .and.contain('There may not be enough space');
    expect(await startsOf(() => part(element, 'start')?.click())).to.deep.equal([{ modelKey: KEY, variant: 'fp16' }]);
  });

  it('are the one of the page until the user chooses', async () => {
    const element = await choice({ variant: 'fp16' });
    expect(await startsOf(() => part(element, 'start')?.click())).to.deep.equal([{ modelKey: KEY, variant: 'fp16' }]);
  });

  it('keep the choice of the user through later estimates', async () => {
    const element = await choice();
    radios(element)[2]?.click();
    tell(idle({ variant: 'q4', variants: [variant('q4', 91), variant('q8', 181), variant('fp16', 361)] }));
    await settled(element);
    expect(radios(element).map(({ checked }) => checked)).to.deep.equal([false, false, true]);
    expect(seen(part(element, 'facts'))).to.contain('361.0 MB to download');
  });

  it('are requested when the dialog opens, and are not shown for one alone', async () => {
    const requests: string[] = [];
    const listener = (event: CustomEvent<{ modelKey: string }>): number => requests.push(event.detail.modelKey);
    document.addEventListener('model-download-estimate-request', listener);
    const element = await dialogWith(idle({ variant: 'q4' }));
    document.removeEventListener('model-download-estimate-request', listener);
    expect(requests).to.deep.equal([KEY]);
    tell(idle({ variant: 'q4', variants: variants.slice(0, 1) }));
    await settled(element);
    expect(part(element, 'variants')).to.equal(null);
    expect(await startsOf(() => part(element, 'start')?.click())).to.deep.equal([{ modelKey: KEY, variant: 'q4' }]);
  });

  it('are requested again when the model gets a new state', async () => {
    const requests: string[] = [];
    const listener = (event: CustomEvent<{ modelKey: string }>): number => requests.push(event.detail.modelKey);
    document.addEventListener('model-download-estimate-request', listener);
    const element = await choice();
    for (const lost of [{ variants: undefined }, { totalBytes: undefined }]) {
      requests.length = 0;
      tell(idle({ variant: 'q4', variants, ...lost }));
      await settled(element);
      // A later state without them, as at the start of the estimate, is no reason for another request.
      tell(idle({ variant: 'q4', variants, lastSpeed: MB, ...lost }));
      await settled(element);
      expect(requests, JSON.stringify(lost)).to.deep.equal([KEY]);
      tell(idle({ variant: 'q4', variants }));
      await settled(element);
      expect(radios(element)).to.have.length(3);
    }
    document.removeEventListener('model-download-estimate-request', listener);
  });

  it('are requested again when an unfinished download gets a new state', async () => {
    const requests: string[] = [];
    const listener = (event: CustomEvent<{ modelKey: string }>): number => requests.push(event.detail.modelKey);
    document.addEventListener('model-download-estimate-request', listener);
    const restored = { status: 'paused', isRestored: true, bytesDownloaded: 20 * MB, totalBytes: 90 * MB, variant: 'q4' } as const;
    const element = await dialogWith(stateOf(restored));
    expect(requests).to.deep.equal([KEY]);
    // The page has chosen another variant.
    tell(idle({ variant: 'q8' }));
    await settled(element);
    tell(idle({ variant: 'q8', lastSpeed: MB }));
    await settled(element);
    expect(requests).to.deep.equal([KEY, KEY]);
    document.removeEventListener('model-download-estimate-request', listener);
  });

  it('follow the page when it chooses after the user', async () => {
    const element = await choice();
    radios(element)[2]?.click();
    tell(idle({ variant: 'q8', variants }));
    await settled(element);
    expect(radios(element).map(({ checked }) => checked)).to.deep.equal([false, true, false]);
  });

  it('show values of any script as text, and leave out those that are none', async () => {
    const odd = [variant('a', 1, { name: '<b>a</b>' }), null, 7, {}, { ...variant('b', -1), name: 3, cached: 'yes' }, variant('c', 2)];
    const element = await choice({ variant: 'a', variants: odd as unknown as readonly DownloadVariant[] });
    expect([...part(element, 'variants')!.querySelectorAll('label')].map(seen)).to.deep.equal([
      '<b>a</b> 1.0 MB',
      'b Size not known yet',
      'Model c 2.0 MB',
    ]);
  });

  it('are in the direction of the language', async () => {
    document.documentElement.lang = 'ar';
    const element = await choice();
    await until(() => part(element, 'dialog')?.dir === 'rtl');
    await elementUpdated(element);
    const [first] = radios(element);
    const text = first!.parentElement!.querySelector('bdi')!;
    expect(first!.getBoundingClientRect().left).to.be.greaterThan(text.getBoundingClientRect().left);
    document.documentElement.lang = 'en';
  });
});

describe('an unfinished download of an earlier visit', () => {
  const restored = (fields: StateFields = {}) =>
    stateOf({
      status: 'paused',
      isRestored: true,
      kept: true,
      bytesDownloaded: 41 * MB,
      totalBytes: 99 * MB,
      can: { resume: true, cancel: true },
      ...fields,
    });

  it('is offered in the dialog, with the bytes on this device', async () => {
    const element = await dialogWith(restored());
    expect(seen(part(element, 'status'))).to.equal('Unfinished');
    expect(seen(part(element, 'percentage'))).to.equal('41%');
    expect(seen(part(element, 'amount'))).to.equal('41.0 MB of 99.0 MB already on this device');
    expect(seen(part(element, 'close'))).to.equal('Not now');
    expect(seen(part(element, 'resume'))).to.equal('Resume');
  });

  it('claims no bytes that may not be stored', async () => {
    for (const kept of [undefined, false]) {
      const element = await dialogWith(restored({ kept }));
      expect(seen(part(element, 'dialog')))
        .to.contain('Unfinished')
        .and.not.contain('41')
        .and.not.contain('already');
    }
  });

  it('is paused, as any other, once the user has resumed and paused it', async () => {
    const element = await dialogWith(restored());
    tell(stateOf({ status: 'paused', bytesDownloaded: 41 * MB, totalBytes: 99 * MB, progress: 41, can: { resume: true } }));
    await settled(element);
    expect(seen(part(element, 'status'))).to.equal('Paused');
    expect(seen(part(element, 'close'))).to.equal('Close');
  });

  for (const modelKey of [KEY, '']) {
    it(`is offered in the row ${modelKey ? 'of its model' : 'of all downloads'}`, async () => {
      const element = await fixture<HTMLElement>(html`<model-progress-mini model-key=${modelKey}></model-progress-mini>`);
      tell(restored());
      await until(() => part(element, 'resume') !== null);
      expect(seen(part(element, 'status'))).to.equal('41.0 MB of 99.0 MB already on this device');
      await expect(element).shadowDom.to.be.accessible();
      const resumed: string[] = [];
      element.addEventListener('model-download-resume-request', (event) => resumed.push(event.detail.modelKey));
      part(element, 'resume')?.click();
      expect(resumed).to.deep.equal([KEY]);
    });
  }

  it('is offered in one row for several models, which resume together', async () => {
    const element = await fixture<HTMLElement>(html`<model-progress-mini></model-progress-mini>`);
    tell({ ...restored(), modelKey: 'one' }, undefined, 'one');
    tell({ ...restored(), modelKey: 'two' }, undefined, 'two');
    await until(() => seen(part(element, 'status')).startsWith('82.0 MB of 198.0 MB'));
    const resumed: string[] = [];
    element.addEventListener('model-download-resume-request', (event) => resumed.push(event.detail.modelKey));
    part(element, 'resume')?.click();
    expect(resumed).to.deep.equal(['one', 'two']);
  });

  it('has no such button in a row if it was paused on this visit', async () => {
    const element = await fixture<HTMLElement>(html`<model-progress-mini model-key=${KEY}></model-progress-mini>`);
    tell(restored({ isRestored: undefined }));
    await until(() => seen(part(element, 'status')) === 'Paused');
    expect(part(element, 'resume')).to.equal(null);
  });
});
