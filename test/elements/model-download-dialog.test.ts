import { expect, fixture, html } from '@open-wc/testing';
import type { ModelDownloadDialogElement, ModelDownloadEstimateRequestEvent } from 'model-download';
import 'model-download/define';
import { dialogWith, settled } from './dialog-fixture.js';
import { aggregateOf, buttons, EVERY_STATUS, halfway, KEY, MB, part, seen, stateOf, tell } from './download-events.js';

/** The buttons of the footer, by their labels. */
const footer = (element: ModelDownloadDialogElement): string[] =>
  [...(part(element, 'footer')?.querySelectorAll('button') ?? [])].map((button) => button.textContent?.trim() ?? '');

const FOOTERS: Readonly<Record<string, readonly string[]>> = {
  idle: ['Not now', 'Download'],
  queued: ['Cancel', 'Continue in background'],
  checking: ['Cancel', 'Continue in background'],
  downloading: ['Cancel', 'Pause', 'Continue in background'],
  paused: ['Cancel', 'Resume', 'Close'],
  stalled: ['Cancel', 'Pause', 'Continue in background'],
  waiting: ['Cancel', 'Continue in background'],
  preparing: ['Cancel', 'Continue in background'],
  completed: ['Close'],
  failed: [],
  cancelled: ['Close', 'Start again'],
};

/** All texts of the dialog and of the recovery inside. */
const everythingSeen = (element: ModelDownloadDialogElement): string =>
  `${seen(element)} ${seen(element.shadowRoot?.querySelector('download-recovery'))}`;

describe('<model-download-dialog>', () => {
  for (const state of EVERY_STATUS) {
    it(`is accessible, shows the status and the possible actions while ${state.status}`, async () => {
      const element = await dialogWith(state, aggregateOf());
      expect(element.matches(`:state(${state.status})`)).to.equal(true);
      expect(part(element, 'status')?.textContent).to.not.equal('');
      expect(footer(element)).to.deep.equal(FOOTERS[state.status]);
      await expect(element).to.be.accessible();
    });
  }

  it('shows the figures of a download', async () => {
    const element = await dialogWith(halfway({ status: 'downloading', progress: 50.9, speed: 2 * MB, timeRemaining: 250 }));
    const bar = part(element, 'track');
    expect(bar?.getAttribute('aria-valuenow')).to.equal('50');
    expect(bar?.getAttribute('aria-valuetext')).to.equal('Downloading, 50%, 50.0\u00a0MB of 100.0\u00a0MB');
    expect(part(element, 'percentage')?.textContent).to.equal('50%');
    expect(seen(part(element, 'amount'))).to.equal('50.0 MB of 100.0 MB');
    expect(seen(part(element, 'speed'))).to.equal('2.0 MB/s');
    expect(seen(part(element, 'time-left'))).to.equal('4 min 10 s left');
    const fill = part(element, 'fill');
    await Promise.all(fill?.getAnimations().map(({ finished }) => finished) ?? []);
    const [covered, whole] = [fill?.getBoundingClientRect(), bar?.getBoundingClientRect()];
    const share = ((covered?.right ?? 0) - (whole?.left ?? 0)) / (whole?.width ?? 1);
    expect(share).to.be.closeTo(0.5, 0.02);
  });

  it('has no empty line, and keeps the place of the bar when the figures of a moving download go', async () => {
    const element = await dialogWith(halfway({ status: 'downloading', speed: 2 * MB, timeRemaining: 250 }), aggregateOf());
    const progress = part(element, 'track')!.parentElement!;
    const height = progress.getBoundingClientRect().height;
    for (const status of ['stalled', 'paused', 'preparing', 'completed', 'failed', 'cancelled'] as const) {
      const isWhole = status === 'preparing' || status === 'completed';
      tell(halfway({ status, ...(isWhole ? { progress: 100, bytesDownloaded: 100 * MB } : {}) }), aggregateOf());
      await settled(element);
      const [above, below] = [...progress.querySelectorAll('.figures')].map((row) => row.textContent?.trim());
      expect(above, status).to.not.equal('');
      expect(below, status).to.contain('MB');
      expect(progress.getBoundingClientRect().height, status).to.be.closeTo(height, 0.5);
    }
  });

  it('has each notice beside what it explains', async () => {
    const element = await dialogWith(halfway({ status: 'stalled', can: { cancel: true } }), aggregateOf());
    const body = part(element, 'track')!.closest('.body')!;
    expect(body.lastElementChild?.textContent, 'above the button that cancels').to.contain('After you cancel');
    tell(halfway({ status: 'downloading', kept: false, can: { cancel: true, pause: true } }), aggregateOf());
    await settled(element);
    expect(body.querySelector('.progress + [part="notice"]')?.textContent, 'below the bytes').to.contain('keep the model');
  });

  it('has a title of two lines, and a border around each button', async () => {
    const element = await dialogWith(halfway({ status: 'downloading', modelName: 'a long name '.repeat(90), can: { cancel: true } }));
    expect(part(element, 'title')!.getBoundingClientRect().height).to.be.closeTo(48, 0.5);
    const { borderTopColor, borderTopStyle } = getComputedStyle(part(element, 'cancel')!);
    expect(borderTopStyle).to.equal('solid');
    expect(borderTopColor).to.not.match(/, 0\)$/);
  });

  it('shows bytes only while the total is unknown', async () => {
    const element = await dialogWith(stateOf({ status: 'downloading', bytesDownloaded: 12.3 * MB }));
    expect(part(element, 'track')?.hasAttribute('aria-valuenow')).to.equal(false);
    expect(part(element, 'percentage')).to.equal(null);
    expect(seen(part(element, 'amount'))).to.equal('12.3 MB so far');
  });

  it('shows a percentage and no bytes when only a share is known', async () => {
    const element = await dialogWith(stateOf({ status: 'downloading', progress: 40, can: { cancel: true } }));
    expect(part(element, 'percentage')?.textContent).to.equal('40%');
    expect(part(element, 'track')?.getAttribute('aria-valuetext')).to.equal('Downloading, 40%');
    expect(part(element, 'amount')).to.equal(null);
    expect(footer(element)).to.deep.equal(['Cancel', 'Continue in background']);
    expect(seen(element))
      .to.contain('background')
      .and.not.match(/\d ?k?B/);
  });

  it('has a full bar and another status after the last byte', async () => {
    const element = await dialogWith(halfway({ status: 'preparing', progress: 100, bytesDownloaded: 100 * MB }));
    expect(part(element, 'track')?.getAttribute('aria-valuenow')).to.equal('100');
    expect(part(element, 'status')?.textContent).to.equal('Preparing…');
  });

  it('shows advice when the model takes long to start', async () => {
    const element = await dialogWith(halfway({ status: 'preparing', isSlowToStart: true }));
    expect(part(element, 'status')?.textContent).to.equal('Starting takes longer than usual. If nothing happens, reload the page.');
    tell(halfway({ status: 'downloading', isSlowToStart: true }));
    await settled(element);
    expect(part(element, 'status')?.textContent).to.equal('Downloading');
  });

  it('has no full bar while more files may follow', async () => {
    const element = await dialogWith(halfway({ status: 'preparing', progress: undefined, totalBytes: undefined }));
    expect(part(element, 'status')?.textContent).to.equal('Preparing…');
    expect(part(element, 'track')?.hasAttribute('aria-valuenow')).to.equal(false);
  });

  it('shows that the model is loaded from this device while no bytes come from the network', async () => {
    const element = await dialogWith(
      halfway({ status: 'downloading', speed: MB }),
      aggregateOf({ bytesFromNetwork: 0, bytesFromCache: 50 * MB }),
    );
    expect(part(element, 'status')?.textContent).to.equal('Loading from this device');
    expect(part(element, 'speed')?.textContent).to.equal('');
  });

  it('shows the number of the attempt', async () => {
    const element = await dialogWith(stateOf({ status: 'checking', attempt: 2 }));
    expect(part(element, 'status')?.textContent).to.equal('Starting again (retry 2 of 3)');
  });

  it('shows size, availability and free space before the start', async () => {
    const element = await dialogWith(stateOf({ totalBytes: 2_300 * MB, cached: false, fits: false }));
    expect(seen(part(element, 'facts'))).to.contain('2.3 GB to download');
    expect(part(element, 'facts')?.textContent).to.contain('Not on this device yet');
    expect(part(element, 'facts')?.textContent).to.contain('There may not be enough space');
  });

  it('requests the size once when it opens while the size is unknown', async () => {
    const asked: string[] = [];
    const listen = (event: ModelDownloadEstimateRequestEvent): number => asked.push(event.detail.modelKey);
    document.addEventListener('model-download-estimate-request', listen);
    const element = await dialogWith(stateOf({}));
    tell(stateOf({ cached: false }));
    await settled(element);
    expect(asked).to.deep.equal([KEY]);
    element.close();
    await settled(element);
    tell(stateOf({ totalBytes: 5 * MB }));
    element.show();
    await settled(element);
    expect(asked).to.deep.equal([KEY]);
    document.removeEventListener('model-download-estimate-request', listen);
  });

  it('dispatches the request of each button', async () => {
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
      const listener = (event: Event): void => void ({ detail } = event as CustomEvent<unknown>);
      element.addEventListener(`model-download-${name}-request`, listener, { once: true });
      part(element, name)?.click();
      expect(detail, name).to.deep.equal({ modelKey: KEY });
    }
  });

  it('shows a hint that a cancel cannot stop every request', async () => {
    const element = await dialogWith(halfway({ status: 'downloading', can: { cancel: true } }));
    expect(seen(element)).to.contain('the browser may finish some files in the background');
    tell(halfway({ status: 'downloading', can: { cancel: true, pause: true } }));
    await settled(element);
    expect(seen(element)).to.not.contain('the browser may finish');
    tell(halfway({ status: 'downloading', can: { cancel: true }, kept: true }));
    await settled(element);
    expect(seen(element)).to.not.contain('the browser may finish');
  });

  it('has no hint about a cancel before the first byte', async () => {
    const element = await dialogWith(stateOf({ status: 'checking', progress: 0, totalBytes: 100 * MB, can: { cancel: true } }));
    expect(seen(element)).to.not.contain('the browser may finish');
    tell(stateOf({ status: 'downloading', progress: 1, can: { cancel: true } }));
    await settled(element);
    expect(seen(element)).to.contain('the browser may finish');
  });

  it('shows the tip only during the download', async () => {
    const element = await dialogWith(halfway({ status: 'downloading' }));
    expect(part(element, 'tip')?.checkVisibility()).to.equal(true);
    tell(halfway({ status: 'preparing', progress: 100, bytesDownloaded: 100 * MB }));
    await settled(element);
    expect(part(element, 'tip') === null).to.equal(true);
    tell(halfway({ status: 'downloading' }), aggregateOf({ bytesFromNetwork: 0, bytesFromCache: 50 * MB }));
    await settled(element);
    expect(part(element, 'tip') === null).to.equal(true);
  });

  it('shows its footer only with buttons', async () => {
    const element = await dialogWith(halfway({ status: 'failed', failureCode: 'network', can: { retry: true } }));
    const box = part(element, 'footer')!;
    expect(box.getBoundingClientRect().height).to.equal(0);
    const link = document.createElement('a');
    link.slot = 'actions';
    link.textContent = 'What is this?';
    element.append(link);
    await settled(element);
    await settled(element);
    expect(link.getBoundingClientRect().height).to.be.greaterThan(0);
    link.remove();
    await settled(element);
    await settled(element);
    expect(box.getBoundingClientRect().height).to.equal(0);
    tell(halfway({ status: 'completed', progress: 100, bytesDownloaded: 100 * MB }));
    await settled(element);
    expect(footer(element)).to.deep.equal(['Close']);
    expect(box.getBoundingClientRect().height).to.be.greaterThan(0);
  });

  it('shows its footer with buttons of the page only', async () => {
    const element = await fixture<ModelDownloadDialogElement>(
      html`<model-download-dialog model-key=${KEY} open><a slot="actions" href="#what">What is this?</a></model-download-dialog>`,
    );
    tell(halfway({ status: 'failed', failureCode: 'network', can: { retry: true } }));
    await settled(element);
    expect(element.querySelector('a')?.getBoundingClientRect().height).to.be.greaterThan(0);
  });

  it('shows after a cancel that the bytes are kept', async () => {
    const element = await dialogWith(halfway({ status: 'cancelled', can: { retry: true }, kept: true }));
    expect(seen(element)).to.contain('The downloaded part is saved on this device');
    tell(halfway({ status: 'cancelled', can: { retry: true }, kept: false }));
    await settled(element);
    expect(seen(element)).to.not.contain('is saved on this device');
  });

  it('lists the files with their bars after a click on the button', async () => {
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

  it('renders file names with markup as text, and truncates long ones', async () => {
    const [small, large] = aggregateOf().files;
    const files = [
      { ...small!, file: '<img src=x>' },
      { ...large!, file: 'x'.repeat(10_000) },
    ];
    const element = await dialogWith(halfway({ status: 'downloading' }), aggregateOf({ files }));
    part(element, 'toggle')?.click();
    await settled(element);
    const names = [...(element.shadowRoot?.querySelectorAll('[part=file-name]') ?? [])].map((name) => name.textContent?.trim());
    expect(names[0]).to.equal('<img src=x>');
    expect(names[1]).to.match(/^x{200}…$/);
  });

  it('shows a text without a download', async () => {
    const element = await dialogWith();
    expect(seen(element)).to.contain('No download to show');
    expect(buttons(element)).to.deep.equal(['Close', 'Close']);
  });

  it('minimises while a download is active, and closes otherwise', async () => {
    const element = await dialogWith();
    const asked: string[] = [];
    element.addEventListener('model-download-background-request', ({ type }) => asked.push(type));
    for (const state of EVERY_STATUS) {
      const runs = !['idle', 'completed', 'failed', 'cancelled'].includes(state.status);
      tell(state);
      element.show();
      await settled(element);
      expect(part(element, 'minimise')?.getAttribute('aria-label'), state.status).to.equal(runs ? 'Minimise' : 'Close');
      part(element, 'minimise')?.click();
      await settled(element);
      expect(element.open).to.equal(false);
      expect(asked.splice(0), state.status).to.have.lengthOf(runs ? 1 : 0);
    }
  });

  it('is described by the reason of a failure, which is shown once', async () => {
    const element = await dialogWith(halfway({ status: 'failed', failureCode: 'network', can: { retry: true } }));
    const dialog = part(element, 'dialog');
    const described = element.shadowRoot?.getElementById(dialog?.getAttribute('aria-describedby') ?? '');
    expect(described?.textContent.trim()).to.equal('The connection was lost');
    expect(everythingSeen(element).match(/The connection was lost/g)).to.have.lengthOf(1);
    await expect(element).to.be.accessible();
  });

  it('does not call a failed start a failed download', async () => {
    const whole = { progress: 100, bytesDownloaded: 100 * MB };
    const element = await dialogWith(halfway({ ...whole, status: 'failed', failureCode: 'runtime', error: 'No session' }));
    expect(part(element, 'status')?.textContent).to.equal('The model could not be started');
    expect(part(element, 'track')?.getAttribute('aria-valuetext')).to.contain('could not be started');
    expect(everythingSeen(element)).to.contain('The download is complete').and.not.contain('Download failed');
  });

  for (const status of ['waiting', 'failed'] as const) {
    it(`has one main button while ${status}, with any possible actions`, async () => {
      const can = { cancel: status === 'waiting', retry: true, restart: true, chooseModel: true };
      const element = await dialogWith(
        halfway({ status, failureCode: 'network', attempt: 1, retryAt: Date.now() + 60_000, can }),
        aggregateOf(),
      );
      const recovery = element.shadowRoot?.querySelector('download-recovery');
      const all = [element, recovery].flatMap((host) => [...(host?.shadowRoot?.querySelectorAll('.button') ?? [])]);
      expect(all.filter((button) => button.matches('.primary')).map((button) => button.textContent)).to.deep.equal(['Retry']);
      const words = everythingSeen(element);
      for (const once of ['Trying again in', 'The connection was lost', 'Retry 1 of 3']) {
        expect(words.split(once).length - 1, once).to.be.at.most(1);
      }
      expect(new Set(all.map((button) => button.textContent)).size).to.equal(all.length);
    });
  }

  it('closes for the choice of a different model, unless the page prevents it', async () => {
    const element = await dialogWith(halfway({ status: 'failed', failureCode: 'quota', can: { chooseModel: true } }));
    const press = async (): Promise<void> => {
      part(element.shadowRoot!.querySelector('download-recovery')!, 'choose-model')?.click();
      await settled(element);
    };
    element.addEventListener('model-download-choose-model-request', (event) => event.preventDefault(), { once: true });
    await press();
    expect(element.open).to.equal(true);
    await press();
    expect(element.open).to.equal(false);
  });

  it('contains a recovery with the same state', async () => {
    const element = await dialogWith(halfway({ status: 'failed', failureCode: 'quota', can: { retry: true } }));
    const recovery = element.shadowRoot?.querySelector('download-recovery');
    expect(seen(recovery)).to.contain('Free some space');
    expect(document.querySelectorAll('dialog:modal')).to.have.lengthOf(0);
  });
});
