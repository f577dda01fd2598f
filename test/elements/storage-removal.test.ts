// Deleting models in a <model-storage> by touch: the time for Undo, refusals and failures, announcements, and the focus.
import { elementUpdated, expect, fixture, html } from '@open-wc/testing';
import {
  ModelStoragePersistRequestEvent,
  ModelStorageRemoveRequestEvent,
  type ModelStorage,
  type ModelStorageElement,
} from 'model-download';
import 'model-download/define/model-storage';
import { announced, halfway, MB, part, seen, tell } from './download-events.js';
import { hideFocus, holdUndo, press, reportOf, rows, storageElement, storedModel, StoragePage } from './storage-events.js';
import { until } from '../support/until.js';

let models: ModelStorage[];
let page: StoragePage;
let undo: ReturnType<typeof holdUndo>;
let showFocus: () => void;
/** The keys of the removal requests. */
let requested: string[];
/** What a removal does. */
let remove: (key: string) => Promise<void>;

const three = (): ModelStorage[] =>
  ['One', 'Two', 'Three'].map((modelName) => storedModel({ modelKey: modelName.toLowerCase(), modelName }));

beforeEach(() => {
  models = three();
  requested = [];
  remove = (key) => {
    models = models.filter(({ modelKey }) => modelKey !== key);
    return Promise.resolve();
  };
  page = new StoragePage(() => Promise.resolve(reportOf(models, { isPersistent: false })));
  page.on<{ modelKey: string; answer: (removal: Promise<void>) => void }>(ModelStorageRemoveRequestEvent.eventName, (event) => {
    requested.push(event.detail.modelKey);
    if (!event.defaultPrevented) event.detail.answer(remove(event.detail.modelKey));
  });
  undo = holdUndo();
  showFocus = hideFocus();
});

afterEach(() => {
  showFocus();
  undo.restore();
  page.close();
});

const focused = (element: Element): string | null | undefined => element.shadowRoot?.activeElement?.getAttribute('aria-label');
const names = (element: Element): (string | undefined)[] => rows(element).map((row) => row.dataset.key);
const text = (element: Element, row: number): string => seen(rows(element)[row]);

/** Presses Delete, and lets the time for Undo pass. */
async function removeRow(element: ModelStorageElement, row: number): Promise<void> {
  press(element, 'delete', row);
  await elementUpdated(element);
  undo.pass();
}

describe('a model that the user deletes', () => {
  it('is deleted after 10 s, and announced', async () => {
    const element = await storageElement();
    press(element, 'delete', 1);
    await elementUpdated(element);
    expect(text(element, 1)).to.contain('Will be deleted in 10 s').and.contain('Undo');
    expect(announced(element)).to.deep.equal(['Two: Will be deleted in 10 seconds']);
    expect(requested).to.deep.equal([]);
    undo.pass();
    await until(() => rows(element).length === 2);
    expect(requested).to.deep.equal(['two']);
    expect(names(element)).to.deep.equal(['one', 'three']);
    expect(announced(element)).to.deep.equal(['Two: Deleted']);
  });

  it('stays if the user presses Undo', async () => {
    const element = await storageElement();
    press(element, 'delete', 1);
    await elementUpdated(element);
    press(element, 'undo', 1);
    await elementUpdated(element);
    expect(undo.pending()).to.equal(0);
    expect(text(element, 1)).to.contain('Complete').and.not.contain('deleted');
    expect(announced(element)).to.deep.equal(['Two: Not deleted']);
    expect(focused(element)).to.equal('Delete: Two');
  });

  it('has its own time beside another one', async () => {
    const element = await storageElement();
    press(element, 'delete', 0);
    press(element, 'delete', 2);
    await elementUpdated(element);
    expect(undo.pending()).to.equal(2);
    press(element, 'undo', 0);
    undo.pass();
    await until(() => rows(element).length === 2);
    expect(requested).to.deep.equal(['three']);
    expect(names(element)).to.deep.equal(['one', 'two']);
  });

  it('counts down', async () => {
    const element = await storageElement();
    press(element, 'delete', 0);
    await until(() => text(element, 0).includes('deleted in 9 s'));
    expect(announced(element), 'one announcement').to.deep.equal(['One: Will be deleted in 10 seconds']);
  });

  it('stays if the page is left before', async () => {
    const element = await storageElement();
    // The test runner ends at a `pagehide` of its own page.
    const { contentDocument, contentWindow } = await fixture<HTMLIFrameElement>(html`<iframe></iframe>`);
    contentDocument?.body.append(element);
    press(element, 'delete', 0);
    expect(undo.pending()).to.equal(1);
    contentWindow?.dispatchEvent(new PageTransitionEvent('pagehide'));
    expect(undo.pending()).to.equal(0);
    await elementUpdated(element);
    expect(text(element, 0)).to.contain('Complete');
    expect(announced(element), 'after a return from the back/forward cache').to.deep.equal([]);
  });

  it('does not depend on a page that the element has left', async () => {
    const element = await storageElement();
    const { contentDocument, contentWindow } = await fixture<HTMLIFrameElement>(html`<iframe></iframe>`);
    const home = element.parentElement;
    contentDocument?.body.append(element);
    home?.append(element);
    press(element, 'delete', 0);
    contentWindow?.dispatchEvent(new PageTransitionEvent('pagehide'));
    expect(undo.pending()).to.equal(1);
    press(element, 'undo', 0);
  });

  it('stays if the element is removed before, but not if it only moves', async () => {
    const element = await storageElement();
    press(element, 'delete', 0);
    element.parentElement?.append(element);
    await Promise.resolve();
    expect(undo.pending()).to.equal(1);
    const parent = element.parentElement;
    element.remove();
    await Promise.resolve();
    expect(undo.pending()).to.equal(0);
    parent?.append(element);
    await elementUpdated(element);
    expect(announced(element)).to.deep.equal([]);
  });

  it('stays if the page refuses it', async () => {
    page.on<unknown>(ModelStorageRemoveRequestEvent.eventName, (event) => event.preventDefault());
    const element = await storageElement();
    await removeRow(element, 0);
    await elementUpdated(element);
    expect(text(element, 0)).to.contain('Complete').and.contain('Not deleted');
    expect(announced(element)).to.deep.equal(['One: Not deleted']);
  });

  it('stays if the page began to use it', async () => {
    const element = await storageElement();
    press(element, 'delete', 0);
    tell({ ...halfway({ status: 'checking' }), modelKey: 'one' }, undefined, 'one');
    undo.pass();
    await elementUpdated(element);
    expect(requested).to.deep.equal([]);
    expect(announced(element)).to.deep.equal(['One: Not deleted']);
  });

  for (const [why, fails] of [
    ['the files cannot be deleted', (): Promise<void> => Promise.reject(new Error('disk'))],
    ['nothing deletes them', (): Promise<void> => Promise.resolve()],
  ] as const) {
    it(`is reported as not deleted if ${why}`, async () => {
      remove = fails;
      const element = await storageElement();
      await removeRow(element, 0);
      await until(() => text(element, 0).includes('Could not be deleted'));
      expect(announced(element)).to.deep.equal(['One: Could not be deleted']);
      // It can be deleted again.
      remove = () => {
        models = [];
        return Promise.resolve();
      };
      await removeRow(element, 0);
      await until(() => rows(element).length === 0);
    });
  }

  it('has no button while its files are being deleted', async () => {
    let finish = (): void => undefined;
    remove = (key) => {
      models = models.filter(({ modelKey }) => modelKey !== key);
      return new Promise((resolve) => (finish = resolve));
    };
    const element = await storageElement();
    await removeRow(element, 0);
    await elementUpdated(element);
    expect(text(element, 0)).to.contain('Deleting…');
    expect(rows(element)[0]?.querySelector('button')).to.equal(null);
    finish();
    await until(() => rows(element).length === 2);
  });
});

describe('the focus', () => {
  it('moves to Undo, and after the removal to the next row, then to the previous one', async () => {
    const element = await storageElement();
    press(element, 'delete', 1);
    await elementUpdated(element);
    expect(focused(element)).to.equal('Undo: Two');
    undo.pass();
    await until(() => rows(element).length === 2);
    expect(focused(element)).to.equal('Delete: Three');
    await removeRow(element, 1);
    await until(() => rows(element).length === 1);
    expect(focused(element)).to.equal('Delete: One');
  });

  it('stays at the button of its model when a row before it is removed', async () => {
    models = [three()[0]!, storedModel({ modelKey: 'two', modelName: 'Two', isComplete: false }), three()[2]!];
    const element = await storageElement();
    press(element, 'delete', 0);
    await elementUpdated(element);
    rows(element)[1]?.querySelector<HTMLElement>('[part~="delete"]')?.focus();
    undo.pass();
    await until(() => rows(element).length === 2);
    expect(focused(element)).to.equal('Delete: Two');
  });

  it('moves to the live region when the list is empty', async () => {
    models = models.slice(0, 1);
    const element = await storageElement();
    await removeRow(element, 0);
    await until(() => rows(element).length === 0);
    expect(element.shadowRoot?.activeElement?.className).to.equal('announcement');
  });

  it('stays where the user has moved it', async () => {
    const element = await storageElement();
    press(element, 'delete', 0);
    await elementUpdated(element);
    const button = await fixture<HTMLButtonElement>(html`<button>Elsewhere</button>`);
    button.focus();
    undo.pass();
    await until(() => rows(element).length === 2);
    expect(document.activeElement).to.equal(button);
  });
});

describe('the button that keeps the data', () => {
  const persistence = (element: Element): string => seen(part(element, 'persistence'));

  function answerPersist(answer: Promise<unknown>): void {
    page.on<{ answer: (answer: Promise<unknown>) => void }>(ModelStoragePersistRequestEvent.eventName, ({ detail }) =>
      detail.answer(answer),
    );
  }

  it('requests it, and shows the answer of the browser', async () => {
    const element = await storageElement();
    expect(persistence(element)).to.equal('The browser may delete this data when space runs low.');
    answerPersist(Promise.resolve(true));
    page.answer = () => Promise.resolve(reportOf(models, { isPersistent: true }));
    press(element, 'persist');
    await until(() => part(element, 'persist') === null);
    expect(persistence(element)).to.equal('The browser keeps this data until you delete it.');
    await until(() => announced(element).length === 1);
    expect(announced(element)).to.deep.equal(['The browser keeps this data until you delete it.']);
    expect(element.shadowRoot?.activeElement?.className).to.equal('announcement');
  });

  for (const [why, answer] of [
    ['refuses', () => Promise.resolve(false)],
    ['does not support it', () => Promise.resolve(undefined)],
    ['fails', () => Promise.reject(new Error('blocked'))],
  ] as const) {
    it(`says that the browser did not agree if it ${why}, and can be pressed again`, async () => {
      const element = await storageElement();
      answerPersist(answer());
      press(element, 'persist');
      await until(() => announced(element).length === 1);
      expect(persistence(element)).to.contain('The browser did not agree.');
      expect(part(element, 'persist')?.getAttribute('aria-disabled')).to.equal(null);
    });
  }

  it('waits for a prompt that the user ignores, and applies a late answer', async () => {
    const element = await storageElement();
    let decide: (answer: boolean) => void = () => undefined;
    let requests = 0;
    page.on<{ answer: (answer: Promise<unknown>) => void }>(ModelStoragePersistRequestEvent.eventName, ({ detail }) => {
      requests++;
      detail.answer(new Promise((resolve) => (decide = resolve)));
    });
    press(element, 'persist');
    await elementUpdated(element);
    expect(persistence(element)).to.equal('Waiting for the browser’s answer…');
    expect(part(element, 'persist')?.getAttribute('aria-disabled')).to.equal('true');
    press(element, 'persist');
    expect(requests, 'one request').to.equal(1);
    page.answer = () => Promise.resolve(reportOf(models, { isPersistent: true }));
    decide(true);
    await until(() => part(element, 'persist') === null);
  });

  for (const [why, listen] of [
    ['the page refuses', (event: Event) => event.preventDefault()],
    ['no object answers', () => undefined],
  ] as const) {
    it(`does not speak for the browser if ${why}`, async () => {
      let requests = 0;
      page.on<unknown>(ModelStoragePersistRequestEvent.eventName, (event) => {
        requests++;
        listen(event);
      });
      const element = await storageElement();
      press(element, 'persist');
      press(element, 'persist');
      await elementUpdated(element);
      expect(requests).to.equal(2);
      expect(persistence(element)).to.equal('The browser may delete this data when space runs low.');
      expect(announced(element)).to.deep.equal([]);
    });
  }

  it('is not there if the browser does not report it', async () => {
    page.answer = () => Promise.resolve(reportOf(models, { usage: MB }));
    expect(part(await storageElement(), 'persist')).to.equal(null);
  });
});
