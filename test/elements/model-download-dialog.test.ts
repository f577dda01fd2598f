import { elementUpdated, expect, fixture, html, nextFrame } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import {
  ModelDownloadBackgroundRequestEvent,
  ModelDownloadOpenRequestEvent,
  type ModelDownloadDialogElement,
} from 'model-download';
import 'model-download/define';
import { aggregateOf, announced, buttons, EVERY_STATUS, halfway, KEY, MB, part, seen, stateOf, tell } from './download-events.js';

async function dialogWith(state?: unknown, aggregate?: unknown): Promise<ModelDownloadDialogElement> {
  const element = await fixture<ModelDownloadDialogElement>(
    html`<model-download-dialog model-key=${KEY} open></model-download-dialog>`,
  );
  if (state !== undefined) tell(state, aggregate);
  await settled(element);
  return element;
}

async function settled(element: ModelDownloadDialogElement): Promise<void> {
  await elementUpdated(element);
  await nextFrame();
}

const surface = (element: ModelDownloadDialogElement): HTMLDialogElement | null =>
  element.shadowRoot?.querySelector('dialog') ?? null;

/** The buttons of the footer, by their words. */
const footer = (element: ModelDownloadDialogElement): string[] =>
  [...(part(element, 'footer')?.querySelectorAll('button') ?? [])].map((button) => button.textContent?.trim() ?? '');

function requestOpen(modelKey = KEY): void {
  document.dispatchEvent(new ModelDownloadOpenRequestEvent({ modelKey }));
}

const FOOTERS: Readonly<Record<string, readonly string[]>> = {
  idle: ['Not now', 'Download'],
  queued: ['Cancel', 'Continue in background'],
  checking: ['Cancel', 'Continue in background'],
  downloading: ['Cancel', 'Pause', 'Continue in background'],
  paused: ['Cancel', 'Resume', 'Close'],
  stalled: ['Cancel', 'Pause', 'Continue in background'],
  waiting: ['Continue in background'],
  preparing: ['Cancel', 'Continue in background'],
  completed: ['Close'],
  failed: ['Close'],
  cancelled: ['Close', 'Start again'],
};

describe('<model-download-dialog>', () => {
  for (const state of EVERY_STATUS) {
    it(`is accessible, says how things stand and offers what can be done while ${state.status}`, async () => {
      const element = await dialogWith(state, aggregateOf());
      expect(element.matches(`:state(${state.status})`)).to.equal(true);
      expect(part(element, 'status')?.textContent).to.not.equal('');
      expect(footer(element)).to.deep.equal(FOOTERS[state.status]);
      await expect(element).to.be.accessible();
    });
  }

  it('is modal while open, and reflects it', async () => {
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

  it('shows the figures of a download', async () => {
    const element = await dialogWith(halfway({ status: 'downloading', progress: 50.9, speed: 2 * MB, timeRemaining: 250 }));
    const bar = part(element, 'track');
    expect(bar?.getAttribute('aria-valuenow')).to.equal('50');
    expect(bar?.getAttribute('aria-valuetext')).to.equal('Downloading, 50%, 50.0 MB of 100.0 MB');
    expect(part(element, 'percentage')?.textContent).to.equal('50%');
    expect(part(element, 'amount')?.textContent).to.equal('50.0 MB of 100.0 MB');
    expect(part(element, 'speed')?.textContent).to.equal('2.0 MB/s');
    expect(part(element, 'time-left')?.textContent).to.equal('4 min 10 s left');
    const share = (part(element, 'fill')?.offsetWidth ?? 0) / (bar?.offsetWidth ?? 1);
    expect(share).to.be.at.most(0.52);
  });

  it('shows bytes only while the total is unknown', async () => {
    const element = await dialogWith(stateOf({ status: 'downloading', bytesDownloaded: 12.3 * MB }));
    expect(part(element, 'track')?.hasAttribute('aria-valuenow')).to.equal(false);
    expect(part(element, 'percentage')).to.equal(null);
    expect(part(element, 'amount')?.textContent).to.equal('12.3 MB so far');
  });

  it('has a full bar and other words after the last byte', async () => {
    const element = await dialogWith(halfway({ status: 'preparing', progress: undefined, totalBytes: undefined }));
    expect(part(element, 'track')?.getAttribute('aria-valuenow')).to.equal('100');
    expect(part(element, 'status')?.textContent).to.equal('Preparing…');
  });

  it('says that the model comes from this device while nothing came from the network', async () => {
    const element = await dialogWith(
      halfway({ status: 'downloading', speed: MB }),
      aggregateOf({ bytesFromNetwork: 0, bytesFromCache: 50 * MB }),
    );
    expect(part(element, 'status')?.textContent).to.equal('Loading from this device');
    expect(part(element, 'speed')?.textContent).to.equal('');
  });

  it('says which attempt it is', async () => {
    const element = await dialogWith(stateOf({ status: 'checking', attempt: 2 }));
    expect(part(element, 'status')?.textContent).to.equal('Starting again (attempt 2 of 3)');
  });

  it('tells size, presence and room before it asks for a start', async () => {
    const element = await dialogWith(stateOf({ totalBytes: 2_300 * MB, cached: false, fits: false }));
    expect(part(element, 'facts')?.textContent).to.contain('2.3 GB to download');
    expect(part(element, 'facts')?.textContent).to.contain('Not on this device yet');
    expect(part(element, 'facts')?.textContent).to.contain('There may not be enough room');
  });

  it('asks the page for what was pressed', async () => {
    const presses = [
      ['start', stateOf({})],
      ['pause', halfway({ status: 'downloading', can: { pause: true } })],
      ['resume', halfway({ status: 'paused', can: { resume: true } })],
      ['cancel', halfway({ status: 'downloading', can: { cancel: true } })],
      ['retry', halfway({ status: 'cancelled', can: { retry: true } })],
    ] as const;
    const element = await dialogWith();
    for (const [name, state] of presses) {
      tell(state);
      await settled(element);
      let detail: unknown;
      element.addEventListener(`model-download-${name}-request`, (event) => (detail = (event as CustomEvent).detail), { once: true });
      part(element, name)?.click();
      expect(detail, name).to.deep.equal({ modelKey: KEY });
    }
  });

  it('says what a cancel cannot stop', async () => {
    const element = await dialogWith(halfway({ status: 'downloading', can: { cancel: true } }));
    expect(seen(element)).to.contain('the browser may finish files it has begun in the background');
    tell(halfway({ status: 'downloading', can: { cancel: true, pause: true } }));
    await settled(element);
    expect(seen(element)).to.not.contain('the browser may finish');
    tell(halfway({ status: 'downloading', can: { cancel: true }, kept: true }));
    await settled(element);
    expect(seen(element)).to.not.contain('the browser may finish');
  });

  it('lists the files with a bar each, behind a button', async () => {
    const element = await dialogWith(halfway({ status: 'downloading' }), aggregateOf());
    const toggle = part(element, 'toggle');
    expect(toggle?.getAttribute('aria-expanded')).to.equal('false');
    expect(part(element, 'file')).to.equal(null);
    toggle?.click();
    await settled(element);
    expect(toggle?.getAttribute('aria-expanded')).to.equal('true');
    const names = [...(element.shadowRoot?.querySelectorAll('[part=file] [role=progressbar]') ?? [])];
    expect(names.map((bar) => bar.getAttribute('aria-label'))).to.deep.equal(['config.json', 'onnx/model.onnx']);
    await expect(element).to.be.accessible();
  });

  for (const way of ['minimise', 'background'] as const) {
    it(`leaves the download running by ${way}, unless the page refuses`, async () => {
      const element = await dialogWith(halfway({ status: 'downloading', can: { cancel: true } }));
      element.addEventListener(ModelDownloadBackgroundRequestEvent.eventName, (event) => event.preventDefault(), { once: true });
      part(element, way)?.click();
      await settled(element);
      expect(element.open).to.equal(true);
      part(element, way)?.click();
      await settled(element);
      expect(element.open).to.equal(false);
    });
  }

  it('closes on Escape and leaves the download running, unless the page refuses', async () => {
    const element = await dialogWith(halfway({ status: 'downloading', can: { cancel: true } }));
    const asked: string[] = [];
    const refuse = (event: Event): void => event.preventDefault();
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

  it('can be worked by keyboard alone', async () => {
    const element = await dialogWith(halfway({ status: 'downloading', can: { pause: true, cancel: true } }), aggregateOf());
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

  it('gives the focus back to where it was', async () => {
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

  it('keeps the focus inside when the button that had it goes', async () => {
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

  it('opens when it is asked for, unless the page refuses', async () => {
    const element = await fixture<ModelDownloadDialogElement>(html`<model-download-dialog model-key=${KEY}></model-download-dialog>`);
    requestOpen('other');
    await settled(element);
    expect(element.open).to.equal(false);
    document.addEventListener(ModelDownloadOpenRequestEvent.eventName, (event) => event.preventDefault(), { once: true });
    requestOpen();
    await settled(element);
    expect(element.open).to.equal(false);
    requestOpen();
    await settled(element);
    expect(element.open).to.equal(true);
  });

  it('shows the download that was last asked for when it has no key of its own', async () => {
    const element = await fixture<ModelDownloadDialogElement>(html`<model-download-dialog></model-download-dialog>`);
    requestOpen('whisper');
    tell(stateOf({ modelName: 'Whisper' }), undefined, 'whisper');
    await settled(element);
    tell(stateOf({ modelName: 'Whisper' }), undefined, 'whisper');
    await settled(element);
    expect(element.open).to.equal(true);
    expect(part(element, 'title')?.textContent?.trim()).to.equal('Whisper');
  });

  it('says so when there is no download to show', async () => {
    const element = await dialogWith();
    expect(seen(element)).to.contain('No download to show');
    expect(buttons(element)).to.deep.equal(['Minimise', 'Close']);
  });

  it('shows recovery inside itself, with the state it was told', async () => {
    const element = await dialogWith(halfway({ status: 'failed', failureCode: 'quota', can: { retry: true } }));
    const recovery = element.shadowRoot?.querySelector('download-recovery');
    expect(seen(recovery)).to.contain('out of space');
    expect(document.querySelectorAll('dialog:modal')).to.have.lengthOf(0);
  });

  it('is the only one to announce while it is modal', async () => {
    const mini = await fixture(html`<model-progress-mini model-key=${KEY}></model-progress-mini>`);
    const element = await dialogWith(halfway({ status: 'downloading', progress: 10 }));
    tell(halfway({ status: 'completed' }));
    await settled(element);
    expect(announced(mini)).to.deep.equal([]);
    expect(announced(element)).to.deep.equal(['Phi-3 Advanced: Ready to use']);
  });

  it('stands again when it comes back to the page', async () => {
    const element = await dialogWith(halfway({ status: 'downloading' }));
    const parent = element.parentElement;
    element.remove();
    parent?.append(element);
    await settled(element);
    expect(element.open).to.equal(true);
    expect(surface(element)?.matches(':modal')).to.equal(true);
  });
});
