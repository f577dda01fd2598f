import { elementUpdated, expect, fixture, html } from '@open-wc/testing';
import {
  ModelDownloadCancelRequestEvent,
  ModelDownloadResumeRequestEvent,
  ModelDownloadRetryRequestEvent,
  ModelDownloadStartRequestEvent,
  type DownloadState,
  type ModelStorageElement,
} from 'model-download';
import 'model-download/define/model-storage';
import { buttons, halfway, MB, part, seen, stateOf, tell, type StateFields } from './download-events.js';
import { press, reportOf, rows, storageElement, storedModel, StoragePage } from './storage-events.js';
import { until } from '../support/until.js';

const DAY = 86_400_000;

let page: StoragePage;

function answer(report: unknown): void {
  page = new StoragePage(() => Promise.resolve(report));
}

/** Answers the queries for the download of a model. */
function answerDownload(fields: StateFields): void {
  const state = halfway(fields);
  page.on<{ modelKey: string; answer: (state: DownloadState) => void }>('model-download-query', ({ detail }) => {
    if (detail.modelKey === state.modelKey) detail.answer(state);
  });
}

const words = (row: Element | undefined): string => seen(row?.querySelector('.words'));
const labels = (row: Element | undefined): (string | null)[] =>
  [...(row?.querySelectorAll('button') ?? [])].map((button) => button.getAttribute('aria-label'));

afterEach(() => page.close());

describe('<model-storage>', () => {
  it('lists the models with files, with their size, state and last use', async () => {
    answer(
      reportOf([
        storedModel({ lastUsed: Date.now() }),
        storedModel({ modelKey: 'part', modelName: 'Part', bytes: 14 * MB, partialBytes: 27 * MB, totalBytes: 99 * MB, isComplete: false }),
        storedModel({
          modelKey: 'some',
          modelName: 'Some',
          bytes: 4 * MB,
          isComplete: undefined,
          lastUsed: new Date(2026, 2, 14, 23).getTime(),
        }),
        storedModel({ modelKey: 'none', modelName: 'None', bytes: 0, isComplete: false }),
      ]),
    );
    const element = await storageElement();
    expect(rows(element).map(words)).to.deep.equal([
      'Phi-3 Advanced 100.0 MB Complete Last used: today',
      'Part 41.0 MB of 99.0 MB Unfinished',
      'Some 4.0 MB On this device Last used: Mar 14, 2026',
    ]);
    expect(rows(element).map(labels)).to.deep.equal([['Delete: Phi-3 Advanced'], ['Resume: Part', 'Delete: Part'], ['Delete: Some']]);
    expect(element.matches(':state(known)')).to.equal(true);
  });

  it('shows days up to a week, and a date before', async () => {
    const ages = [0, 1, 3, 6, 7];
    answer(reportOf(ages.map((days) => storedModel({ modelKey: `m${days}`, lastUsed: Date.now() - days * DAY }))));
    const element = await storageElement();
    const shown = rows(element).map((row) => /Last used: (.*)/.exec(words(row))?.[1]);
    expect(shown.slice(0, 4)).to.deep.equal(['today', 'yesterday', '3 days ago', '6 days ago']);
    expect(shown[4]).to.match(/^\w{3} \d+, \d{4}$/);
  });

  it('shows no time of a model without one, and today for one in the future', async () => {
    answer(reportOf([storedModel(), storedModel({ modelKey: 'later', lastUsed: Date.now() + 3 * DAY })]));
    const element = await storageElement();
    expect(words(rows(element)[0])).to.not.contain('Last used');
    expect(words(rows(element)[1])).to.contain('Last used: today');
  });

  it('does not offer to delete a model that the page uses or downloads, and says why', async () => {
    answer(
      reportOf([
        storedModel({ status: 'completed' }),
        storedModel({ modelKey: 'other', modelName: 'Other', isComplete: false, bytes: 3 * MB, totalBytes: 100 * MB }),
      ]),
    );
    answerDownload({ modelKey: 'other', status: 'downloading', speed: MB, can: { cancel: true } });
    const element = await storageElement();
    expect(rows(element).map(words)).to.deep.equal([
      'Phi-3 Advanced 100.0 MB In use It cannot be deleted while this page uses it.',
      'Other 50.0 MB of 100.0 MB Downloading, \u206850%\u2069 To delete it, cancel the download first.',
    ]);
    expect(rows(element).map(labels)).to.deep.equal([[], ['Cancel: Other']]);
    let cancelled = '';
    page.on<{ modelKey: string }>(ModelDownloadCancelRequestEvent.eventName, ({ detail }) => (cancelled = detail.modelKey));
    press(element, 'cancel', 1);
    expect(cancelled).to.equal('other');
  });

  it('follows each state of a download that runs, and shows its files again when it is paused', async () => {
    answer(reportOf([storedModel({ isComplete: false, bytes: 3 * MB, totalBytes: 100 * MB })]));
    const element = await storageElement();
    const running = { status: 'downloading', speed: MB, can: { cancel: true } } as const;
    for (const percent of [4, 22, 39, 43]) {
      tell(halfway({ ...running, bytesDownloaded: percent * MB, progress: percent }));
      await elementUpdated(element);
      expect(words(rows(element)[0])).to.contain(`Phi-3 Advanced ${percent}.0 MB of 100.0 MB Downloading, \u2068${percent}%`);
    }
    tell(halfway({ status: 'paused', can: { resume: true } }));
    await elementUpdated(element);
    expect(words(rows(element)[0])).to.equal('Phi-3 Advanced 3.0 MB of 100.0 MB Unfinished');
  });

  it('shows no size of a model whose download has stored no byte', async () => {
    answer(reportOf([storedModel({ bytes: 0, totalBytes: undefined, isComplete: undefined })]));
    answerDownload({ status: 'downloading', bytesDownloaded: 0, totalBytes: undefined, progress: undefined, can: { cancel: true } });
    const element = await storageElement();
    expect(words(rows(element)[0])).to.equal('Phi-3 Advanced Downloading To delete it, cancel the download first.');
  });

  it('does not offer to delete a model whose files another model uses', async () => {
    const files = { bytes: 100 * MB, isComplete: true };
    answer(
      reportOf([
        storedModel({ modelKey: 'q4', modelName: 'Small', ...files, sharedWith: ['fp16'], status: 'completed' }),
        storedModel({ modelKey: 'fp16', modelName: 'Large', ...files, sharedWith: ['q4'] }),
      ]),
    );
    const element = await storageElement();
    expect(words(rows(element)[1])).to.equal('Large 100.0 MB Complete It cannot be deleted while this page uses its files.');
    expect(labels(rows(element)[1])).to.deep.equal([]);
  });

  it('names the models that are deleted together', async () => {
    answer(
      reportOf([
        storedModel({ modelKey: 'q4', modelName: 'Small', sharedWith: ['fp16'] }),
        storedModel({ modelKey: 'fp16', modelName: 'Large', sharedWith: ['q4'] }),
      ]),
    );
    const element = await storageElement();
    expect(words(rows(element)[0])).to.contain('Same files as \u2068Large\u2069: they are deleted together.');
  });

  for (const [status, can, name] of [
    ['paused', { resume: true }, ModelDownloadResumeRequestEvent.eventName],
    ['failed', { retry: true }, ModelDownloadRetryRequestEvent.eventName],
    ['cancelled', { retry: true }, ModelDownloadRetryRequestEvent.eventName],
    ['idle', {}, ModelDownloadStartRequestEvent.eventName],
  ] as const) {
    it(`resumes a model that is ${status} by ${name}`, async () => {
      answer(reportOf([storedModel({ bytes: 0, partialBytes: MB, isComplete: false })]));
      answerDownload({ status, can });
      const element = await storageElement();
      const requested: string[] = [];
      for (const event of [ModelDownloadResumeRequestEvent, ModelDownloadRetryRequestEvent, ModelDownloadStartRequestEvent]) {
        page.on<{ modelKey: string }>(event.eventName, ({ type, detail }) => requested.push(`${type} ${detail.modelKey}`));
      }
      press(element, 'resume');
      expect(requested).to.deep.equal([`${name} phi-3`]);
    });
  }

  it('shows what the site uses and may use, as far as the browser reports it', async () => {
    answer(reportOf([], { usage: 2_420 * MB, quota: 60_000 * MB }));
    const element = await storageElement();
    expect(seen(part(element, 'usage'))).to.equal('This site uses 2.4 GB. The browser allows it up to 60.0 GB.');
    expect(part(element, 'persistence')).to.equal(null);
    page.answer = () => Promise.resolve(reportOf([], { usage: 7 * MB }));
    document.dispatchEvent(new Event('visibilitychange'));
    await until(() => seen(part(element, 'usage')) === 'This site uses 7.0 MB.');
    page.answer = () => Promise.resolve(reportOf([]));
    document.dispatchEvent(new Event('visibilitychange'));
    await until(() => part(element, 'usage') === null);
  });

  it('lists the files of other software, without buttons', async () => {
    const others = [
      { name: 'Transformers.js', bytes: 21.6 * MB, isExact: true },
      { name: 'WebLLM', bytes: 1_840 * MB, isExact: false },
    ];
    answer(reportOf([], { others }));
    const element = await storageElement();
    expect(seen(part(element, 'others'))).to.equal(
      'Other files of this site Other files of Transformers.js 21.6 MB WebLLM at least 1.8 GB They cannot be deleted here.',
    );
    expect(buttons(element)).to.deep.equal([]);
  });

  it('says that there are no models, that some could not be checked, or that the storage is unreadable', async () => {
    answer(reportOf([]));
    const element = await storageElement();
    expect(seen(part(element, 'note'))).to.equal('No models are stored on this device.');
    expect(element.matches(':state(empty)')).to.equal(true);
    page.answer = () => Promise.resolve(reportOf([storedModel()], { unmeasured: ['other'] }));
    document.dispatchEvent(new Event('visibilitychange'));
    await until(() => seen(part(element, 'note')) === 'Some models could not be checked.');
    page.answer = () => Promise.reject(new Error('blocked'));
    const other = await storageElement();
    expect(seen(part(other, 'note'))).to.equal('The storage of this device could not be read.');
    expect(other.matches(':state(unreadable)')).to.equal(true);
    // The first element keeps what it knows.
    expect(rows(element)).to.have.lengthOf(1);
  });

  it('says that the storage is unreadable on a page without an answer, and that it is being read before', async () => {
    page = new StoragePage(() => new Promise(() => undefined));
    const element = await fixture<ModelStorageElement>(html`<model-storage></model-storage>`);
    await element.updateComplete;
    expect(seen(part(element, 'note'))).to.equal('Checking this device…');
    expect(element.matches(':state(checking)')).to.equal(true);
    page.close();
    expect(seen(part(await storageElement(), 'note'))).to.equal('The storage of this device could not be read.');
  });

  it('adds the answers of several managers up', async () => {
    const first = reportOf([storedModel({ modelKey: 'one', modelName: 'One' })], {
      unmeasured: ['two'],
      usage: 5 * MB,
      others: [{ name: 'Transformers.js', bytes: 9 * MB, isExact: true }],
    });
    const second = reportOf([storedModel({ modelKey: 'two', modelName: 'Two' })], {
      usage: 5 * MB,
      others: [{ name: 'Transformers.js', bytes: 2 * MB, isExact: true }],
    });
    answer(first);
    const other = new StoragePage(() => Promise.resolve(second));
    const element = await storageElement();
    expect(rows(element).map((row) => row.dataset.key)).to.deep.equal(['one', 'two']);
    expect(seen(part(element, 'others'))).to.contain('2.0 MB');
    expect(part(element, 'note')).to.equal(null);
    other.close();
  });

  it('reads the storage again after a change of a download, and once for several changes', async () => {
    answer(reportOf([storedModel()]));
    await storageElement();
    const before = page.queries;
    tell(stateOf({ status: 'checking' }));
    tell(halfway({ status: 'downloading' }));
    tell(stateOf({ status: 'completed' }));
    await until(() => page.queries > before);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(page.queries).to.equal(before + 1);
  });

  it('shows the state of a download at once', async () => {
    answer(reportOf([storedModel({ isComplete: false })]));
    const element = await storageElement();
    tell(halfway({ status: 'downloading', can: { cancel: true } }));
    await elementUpdated(element);
    expect(words(rows(element)[0])).to.contain('Downloading');
    expect(labels(rows(element)[0])).to.deep.equal(['Cancel: Phi-3 Advanced']);
  });

  it('reads nothing in a closed panel, and reads when it opens', async () => {
    answer(reportOf([storedModel()]));
    const panel = await fixture<HTMLDetailsElement>(html`<details><summary>Storage</summary><model-storage></model-storage></details>`);
    const element = panel.querySelector('model-storage')!;
    await element.updateComplete;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(page.queries).to.equal(0);
    panel.open = true;
    await until(() => rows(element).length === 1);
    expect(page.queries).to.equal(1);
  });

  it('shows texts of any script as text', async () => {
    const modelName = '<img src=x onerror=alert(1)>';
    answer(reportOf([storedModel({ modelName }), storedModel({ modelKey: 'long', modelName: 'x'.repeat(10_000) })]));
    const element = await storageElement();
    expect(element.shadowRoot?.querySelector('img')).to.equal(null);
    expect(seen(part(element, 'name'))).to.equal(modelName);
    expect(labels(rows(element)[1])[0]).to.have.length.below(250);
  });

  it('ignores wrong values in a report', async () => {
    const wrong = [
      null,
      7,
      { modelKey: 7 },
      { modelKey: '' },
      { modelKey: 'a', bytes: Number.NaN, partialBytes: -1, lastUsed: 'x', status: 'x' },
    ];
    const fields = {
      modelKey: 'b',
      modelName: null,
      bytes: 5 * MB,
      partialBytes: '9',
      isComplete: 'yes',
      sharedWith: [7, 'a'],
      lastUsed: -1,
    };
    answer({ models: [...wrong, fields], others: [null, { name: 'x' }], usage: -1, quota: 'x', isPersistent: 1, unmeasured: 7 });
    const element = await storageElement();
    expect(rows(element).map(words)).to.deep.equal(['b 5.0 MB On this device Same files as \u2068a\u2069: they are deleted together.']);
    expect(part(element, 'usage')).to.equal(null);
  });

  for (const lastUsed of [8.64e15 + 1, 1e18, Number.MAX_VALUE]) {
    it(`shows a model without its last use if that is ${lastUsed}, and the others`, async () => {
      answer(reportOf([storedModel({ lastUsed }), storedModel({ modelKey: 'other', modelName: 'Other', lastUsed: Date.now() })]));
      const element = await storageElement();
      expect(rows(element)).to.have.lengthOf(2);
      expect(words(rows(element)[0])).to.not.contain('Last used');
      expect(words(rows(element)[1])).to.contain('Last used: today');
    });
  }

  it('has the look of the page’s density, and a heading of the page', async () => {
    answer(reportOf([storedModel()]));
    const element = await fixture<ModelStorageElement>(
      html`<model-storage density="compact"><h3 slot="title">My models</h3></model-storage>`,
    );
    await element.updateComplete;
    expect(element.density).to.equal('compact');
    expect(element.shadowRoot?.querySelector<HTMLSlotElement>('slot[name=title]')?.assignedElements()[0]?.textContent).to.equal(
      'My models',
    );
    expect(getComputedStyle(element).fontSize).to.equal('13px');
  });

  for (const width of [240, 320]) {
    it(`fits into ${width} px`, async () => {
      const long = 'An-Instructed-Model-With-A-Long-Name-1.5B';
      answer(
        reportOf([storedModel({ modelName: long, isComplete: false, totalBytes: 4_000 * MB, lastUsed: Date.now() - 3 * DAY })], {
          usage: 2_420 * MB,
          quota: 60_000 * MB,
          isPersistent: false,
          others: [{ name: 'Transformers.js', bytes: 21.6 * MB, isExact: false }],
        }),
      );
      const element = await storageElement();
      element.style.inlineSize = `${width}px`;
      const frame = element.shadowRoot!.querySelector<HTMLElement>('.frame')!;
      expect(frame.scrollWidth).to.be.at.most(width);
      for (const button of element.shadowRoot!.querySelectorAll('button')) {
        const { height, width: size } = button.getBoundingClientRect();
        expect(Math.min(height, size)).to.be.at.least(24);
      }
    });
  }
});
