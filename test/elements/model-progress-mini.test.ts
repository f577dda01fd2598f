import { aTimeout, elementUpdated, expect, fixture, html, oneEvent } from '@open-wc/testing';
import {
  ModelDownloadChangeEvent,
  ModelDownloadOpenRequestEvent,
  ModelDownloadQueryEvent,
  type DownloadStatus,
  type ModelProgressMiniElement,
} from 'model-download';
import 'model-download/define';
import { aggregateOf, announced, EVERY_STATUS, halfway, KEY, MB, part, seen, stateOf, tell } from './download-events.js';
import { until } from '../support/until.js';

async function mini(): Promise<ModelProgressMiniElement> {
  return fixture(html`<model-progress-mini model-key=${KEY}></model-progress-mini>`);
}

async function miniWith(state: unknown, aggregate?: unknown): Promise<ModelProgressMiniElement> {
  const element = await mini();
  tell(state, aggregate);
  await elementUpdated(element);
  return element;
}

const bar = (element: Element): HTMLElement | null => part(element, 'track');

describe('<model-progress-mini>', () => {
  it('renders nothing without a download, before the start and after a cancel', async () => {
    const element = await mini();
    expect(bar(element)).to.equal(null);
    for (const status of ['idle', 'cancelled'] as const) {
      tell(stateOf({ status }));
      await elementUpdated(element);
      expect(bar(element), status).to.equal(null);
      expect(element.matches(':state(empty)')).to.equal(true);
    }
  });

  it('shows the figures of a download, rounded down', async () => {
    const element = await miniWith(halfway({ status: 'downloading', progress: 49.99, speed: 2 * MB, timeRemaining: 250 }));
    expect(bar(element)?.getAttribute('aria-valuenow')).to.equal('49');
    expect(bar(element)?.getAttribute('aria-label')).to.equal('Phi-3 Advanced');
    expect(part(element, 'percentage')?.textContent).to.equal('49%');
    expect(seen(part(element, 'speed'))).to.equal('2.0 MB/s');
    expect(seen(part(element, 'time-left'))).to.equal('4 min 10 s left');
  });

  it('shows bytes without a percentage while the total is unknown', async () => {
    const element = await miniWith(stateOf({ status: 'downloading', bytesDownloaded: 12.3 * MB }));
    expect(bar(element)?.hasAttribute('aria-valuenow')).to.equal(false);
    expect(bar(element)?.getAttribute('aria-valuetext')).to.equal('Downloading, 12.3\u00a0MB so far');
    expect(seen(element)).to.contain('12.3 MB so far').and.not.contain('%');
  });

  it('shows the whole name in a wide row, and a tip only with enough space for it', async () => {
    const long = 'a-publisher/An-Instructed-Model-1.5B';
    for (const [modelName, showsTip] of [
      ['Phi-3 Advanced', true],
      // The font decides.
      [long, undefined],
      [`${long}-Preview-With-A-Name-That-Fills-The-Row`, false],
    ] as const) {
      for (const width of [808, 832]) {
        const element = await miniWith({ ...halfway({ status: 'downloading', speed: 2 * MB, timeRemaining: 250 }), modelName });
        element.style.cssText = `inline-size: ${width}px; font-family: system-ui`;
        const name = part(element, 'title')!.querySelector('bdi')!;
        expect(name.textContent).to.equal(modelName);
        if (modelName.length <= long.length) {
          expect(name.scrollWidth, `${modelName} in ${width} px`).to.be.at.most(name.clientWidth);
          expect(name.scrollHeight, `${modelName} in ${width} px`).to.be.at.most(name.clientHeight);
        }
        const tip = part(element, 'tip')!;
        const text = document.createRange();
        text.selectNodeContents(tip.querySelector('slot')!);
        // The second line of the tip is hidden.
        const isSeen = text.getBoundingClientRect().top < tip.getBoundingClientRect().bottom - 2;
        expect(isSeen, `tip beside ${modelName} in ${width} px`).to.equal(showsTip ?? isSeen);
        if (isSeen) expect(tip.scrollWidth, 'the tip is not cut').to.be.at.most(tip.clientWidth);
      }
    }
  });

  it('cuts no short name at any width', async () => {
    const element = await miniWith(halfway({ status: 'downloading', speed: 2 * MB, timeRemaining: 250 }));
    const name = part(element, 'title')!.querySelector('bdi')!;
    for (let width = 240; width <= 832; width += 16) {
      element.style.inlineSize = `${width}px`;
      expect(name.scrollHeight, `${width} px`).to.be.at.most(name.clientHeight);
    }
  });

  it('keeps the place that a page reserves for it', async () => {
    const page = await fixture<HTMLElement>(html`<div>
      <style>
        .reserved {
          display: block;
          min-block-size: 6rem;
        }
      </style>
      <model-progress-mini class="reserved" model-key=${KEY} style="inline-size: 24rem"></model-progress-mini>
    </div>`);
    const element = page.querySelector('model-progress-mini')!;
    await element.updateComplete;
    const heights = [page.getBoundingClientRect().height];
    for (const status of ['idle', 'queued', 'paused', 'cancelled'] as const) {
      tell(halfway({ status }));
      await elementUpdated(element);
      heights.push(page.getBoundingClientRect().height);
    }
    expect(new Set(heights).size, heights.join()).to.equal(1);
  });

  it('has a percentage and no bytes when only a share is known', async () => {
    const element = await miniWith(stateOf({ status: 'downloading', progress: 40 }));
    expect(bar(element)?.getAttribute('aria-valuetext')).to.equal('Downloading, 40%');
    expect(seen(element))
      .to.contain('40%')
      .and.not.match(/\d ?k?B/);
  });

  it('shows advice when the model takes long to start', async () => {
    const element = await miniWith(halfway({ status: 'preparing', isSlowToStart: true }));
    expect(seen(element)).to.contain('Starting takes longer than usual. If nothing happens, reload the page.').and.not.contain('Preparing');
  });

  it('does not call a failed start a failed download', async () => {
    const whole = { progress: 100, bytesDownloaded: 100 * MB };
    const element = await miniWith(halfway({ ...whole, status: 'failed', failureCode: 'runtime' }));
    expect(part(element, 'status')?.textContent).to.equal('The model could not be started');
    tell(halfway({ ...whole, status: 'failed', failureCode: 'unknown' }));
    await elementUpdated(element);
    expect(part(element, 'status')?.textContent).to.equal('The model could not be loaded');
    tell(halfway({ status: 'failed', failureCode: 'network' }));
    await elementUpdated(element);
    expect(part(element, 'status')?.textContent).to.equal('Download failed');
  });

  it('hides speed and time left unless bytes arrive from the network', async () => {
    const element = await mini();
    for (const status of ['paused', 'stalled', 'waiting', 'preparing', 'completed', 'failed'] as const) {
      tell(halfway({ status, speed: 2 * MB, timeRemaining: 250 }));
      await elementUpdated(element);
      expect(seen(element), status).to.not.contain('MB/s').and.not.contain('left');
    }
    tell(halfway({ status: 'downloading', speed: 2 * MB }), aggregateOf({ bytesFromNetwork: 0, bytesFromCache: MB }));
    await elementUpdated(element);
    expect(seen(element)).to.contain('Loading from this device').and.not.contain('MB/s');
  });

  for (const state of EVERY_STATUS) {
    it(`is accessible and names its state while ${state.status}`, async () => {
      const element = await miniWith(state, aggregateOf());
      expect(element.matches(`:state(${state.status})`)).to.equal(true);
      await expect(element).to.be.accessible();
    });
  }

  it('requests the dialog', async () => {
    const element = await miniWith(halfway({ status: 'downloading' }));
    setTimeout(() => part(element, 'open')?.click());
    const event = await oneEvent(document, ModelDownloadOpenRequestEvent.eventName);
    expect(event.detail).to.deep.equal({ modelKey: KEY });
  });

  it('queries the state when it is connected, reconnected, or its key changes', async () => {
    const asked: string[] = [];
    const answer = (event: ModelDownloadQueryEvent): void => {
      asked.push(event.detail.modelKey);
      event.detail.answer(halfway({ status: 'downloading', progress: 10 * asked.length }), undefined);
    };
    document.addEventListener(ModelDownloadQueryEvent.eventName, answer);
    const element = await mini();
    expect(part(element, 'percentage')?.textContent).to.equal('10%');
    const parent = element.parentElement;
    element.remove();
    tell(halfway({ status: 'failed' }));
    parent?.append(element);
    await elementUpdated(element);
    expect(part(element, 'percentage')?.textContent).to.equal('20%');
    element.modelKey = 'other';
    await elementUpdated(element);
    expect(asked).to.deep.equal([KEY, KEY, 'other']);
    document.removeEventListener(ModelDownloadQueryEvent.eventName, answer);
  });

  it('drops the download of its old key', async () => {
    const element = await miniWith(halfway({ status: 'downloading' }));
    element.modelKey = 'other';
    await elementUpdated(element);
    expect(bar(element)).to.equal(null);
    tell(halfway({ status: 'downloading' }));
    await elementUpdated(element);
    expect(bar(element)).to.equal(null);
  });

  it('removes its listeners', () => {
    const held = new Set<unknown>();
    const { addEventListener, removeEventListener } = document;
    document.addEventListener = function (...args: Parameters<Document['addEventListener']>): void {
      held.add(args[1]);
      addEventListener.apply(document, args);
    } as Document['addEventListener'];
    document.removeEventListener = function (...args: Parameters<Document['removeEventListener']>): void {
      held.delete(args[1]);
      removeEventListener.apply(document, args);
    } as Document['removeEventListener'];
    try {
      const element = document.createElement('model-progress-mini');
      element.modelKey = KEY;
      document.body.append(element);
      expect(held.size).to.equal(1);
      element.remove();
      expect(held.size).to.equal(0);
    } finally {
      Reflect.deleteProperty(document, 'addEventListener');
      Reflect.deleteProperty(document, 'removeEventListener');
    }
  });

  it('renders names with markup as text, and truncates long ones', async () => {
    const element = await miniWith(halfway({ status: 'downloading', modelName: '<img src=x>'.repeat(1_000) }));
    expect(element.shadowRoot?.querySelector('img')).to.equal(null);
    expect(part(element, 'title')?.textContent?.length).to.be.lessThan(300);
    const { width } = element.getBoundingClientRect();
    expect(width).to.be.at.most(document.documentElement.clientWidth);
  });

  it('keeps the last state when a page dispatches an invalid one', async () => {
    const element = await miniWith(halfway({ status: 'downloading' }));
    const nonsense = [null, 7, 'x', {}, { status: 'exploded' }, { status: 'constructor' }, []];
    for (const state of nonsense) tell(state, 'x');
    document.dispatchEvent(new CustomEvent('model-download-change'));
    document.dispatchEvent(new CustomEvent('model-download-change', { detail: 'x' }));
    await elementUpdated(element);
    expect(part(element, 'percentage')?.textContent).to.equal('50%');
  });

  it('omits impossible numbers', async () => {
    const element = await mini();
    const wrong = [NaN, Infinity, -5, '5', null];
    for (const value of wrong) {
      const figures = { progress: value, speed: value, timeRemaining: value, bytesDownloaded: value, totalBytes: value };
      tell({ status: 'downloading', ...figures }, { files: 'x' });
      await elementUpdated(element);
      expect(bar(element)?.hasAttribute('aria-valuenow'), String(value)).to.equal(false);
      expect(seen(element)).to.not.match(/NaN|∞|Infinity|undefined|-5/);
      expect(part(element, 'title')?.textContent).to.equal(KEY);
    }
  });

  it('never shows 100 % while a byte is missing', async () => {
    const element = await miniWith(halfway({ status: 'downloading', progress: 100, bytesDownloaded: 100 * MB - 1 }));
    expect(part(element, 'percentage')?.textContent).to.equal('99%');
    tell(halfway({ status: 'downloading', progress: 100, bytesDownloaded: 101 * MB }));
    await elementUpdated(element);
    expect(bar(element)?.hasAttribute('aria-valuenow')).to.equal(false);
  });

  it('announces each milestone once, even if several elements show the download', async () => {
    const [one, other] = [await mini(), await mini()];
    const said: string[] = [];
    const receive = async (state: unknown): Promise<void> => {
      tell(state);
      await Promise.all([elementUpdated(one), elementUpdated(other)]);
      said.push(announced(one, other).join(' | '));
    };
    await receive(stateOf({ status: 'idle' }));
    await receive(stateOf({ status: 'queued' }));
    await receive(halfway({ status: 'downloading', progress: 10 }));
    await receive(halfway({ status: 'downloading', progress: 26 }));
    await receive(halfway({ status: 'downloading', progress: 27 }));
    await receive(halfway({ status: 'stalled', progress: 27 }));
    await receive(halfway({ status: 'downloading', progress: 80 }));
    await receive(halfway({ status: 'completed' }));
    expect(said).to.deep.equal([
      '',
      'Phi-3 Advanced: Loading has started',
      '',
      'Phi-3 Advanced: 25%',
      'Phi-3 Advanced: 25%',
      'Phi-3 Advanced: No data received',
      '',
      'Phi-3 Advanced: Ready to use',
    ]);
  });

  it('counts down to the next attempt', async () => {
    const element = await miniWith(halfway({ status: 'waiting', retryAt: Date.now() + 20_000 }));
    const seconds = (): number => Number(/Trying again in (\d+) s/.exec(seen(element))?.[1]);
    const first = seconds();
    expect(first).to.be.within(1, 20);
    await until(() => seconds() < first);
  });

  it('has space between the offer to continue and a button below it', async () => {
    const element = await mini();
    element.style.inlineSize = '288px';
    tell(halfway({ status: 'paused', isRestored: true, kept: true, can: { resume: true } }));
    await elementUpdated(element);
    const [status, button] = [part(element, 'status')!, part(element, 'resume')!].map((drawn) => drawn.getBoundingClientRect());
    expect(button!.top - status!.bottom).to.be.at.least(4);
  });
});

describe('<model-progress-mini> without model-key', () => {
  const change = (modelKey: string, fields: Parameters<typeof stateOf>[0], previousStatus?: DownloadStatus): void => {
    const state = { ...stateOf(fields), modelKey, modelName: `Model ${modelKey}` };
    document.dispatchEvent(new ModelDownloadChangeEvent({ modelKey, state, aggregate: undefined, previousStatus }));
  };

  async function summary(): Promise<ModelProgressMiniElement> {
    return fixture(html`<model-progress-mini></model-progress-mini>`);
  }

  it('shows one download as itself, and several as one', async () => {
    const element = await summary();
    expect(bar(element)).to.equal(null);
    change('a', { status: 'downloading', progress: 50, bytesDownloaded: 5 * MB, totalBytes: 10 * MB, speed: MB, timeRemaining: 5 });
    await elementUpdated(element);
    expect(part(element, 'title')?.textContent?.trim()).to.equal('Model a');
    expect(part(element, 'percentage')?.textContent).to.equal('50%');

    change('b', { status: 'downloading', progress: 0, bytesDownloaded: 0, totalBytes: 40 * MB, speed: 2 * MB, timeRemaining: 20 });
    await elementUpdated(element);
    expect(part(element, 'title')?.textContent?.trim()).to.equal('2 models');
    expect(part(element, 'percentage')?.textContent).to.equal('10%');
    expect(seen(part(element, 'speed'))).to.equal('3.0 MB/s');
    expect(seen(part(element, 'time-left'))).to.equal('20 s left');
  });

  it('queries all downloads when it is connected late', async () => {
    const answerAll = (event: ModelDownloadQueryEvent): void => {
      if (event.detail.modelKey !== '') return;
      for (const modelKey of ['a', 'b', 'c']) event.detail.answer({ ...stateOf({ status: 'queued' }), modelKey }, undefined);
    };
    document.addEventListener('model-download-query', answerAll);
    const element = await summary();
    document.removeEventListener('model-download-query', answerAll);
    expect(part(element, 'title')?.textContent?.trim()).to.equal('3 models');
    expect(part(element, 'status')?.textContent).to.equal('Waiting to start');
  });

  it('requests the dialog of the first download that has not completed', async () => {
    const element = await summary();
    change('a', { status: 'downloading' });
    change('b', { status: 'downloading' });
    change('a', { status: 'completed' });
    await elementUpdated(element);
    const asked = oneEvent<ModelDownloadOpenRequestEvent>(element, 'model-download-open-request');
    part(element, 'open')?.click();
    expect((await asked).detail.modelKey).to.equal('b');
  });

  it('announces nothing after it was removed, also if an update was due', async () => {
    const removed = await summary();
    change('a', { status: 'downloading' });
    change('a', { status: 'downloading' }, 'downloading');
    removed.remove();
    await aTimeout(300);
    const element = await summary();
    change('a', { status: 'downloading' });
    change('a', { status: 'stalled' });
    await elementUpdated(element);
    expect([announced(removed), announced(element)]).to.deep.equal([[], ['Model a: No data received']]);
  });

  it('ignores invalid states', async () => {
    const element = await summary();
    for (const detail of [
      undefined,
      null,
      {},
      { state: 1 },
      { state: { modelKey: 'x' } },
      { state: { ...stateOf({ status: 'downloading' }), modelKey: '' } },
    ]) {
      document.dispatchEvent(new CustomEvent('model-download-change', { detail }));
    }
    await elementUpdated(element);
    expect(bar(element)).to.equal(null);
  });
});
