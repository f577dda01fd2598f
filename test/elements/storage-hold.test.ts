// The time for Undo in a <model-storage> does not run while the user is in the row, by keyboard, mouse or finger.
import { elementUpdated, expect, fixture, html } from '@open-wc/testing';
import { ModelStorageRemoveRequestEvent, type ModelStorage, type ModelStorageElement } from 'model-download';
import { sendKeys, sendMouse } from '@web/test-runner-commands';
import 'model-download/define/model-storage';
import { announced, seen } from './download-events.js';
import { hideFocus, holdUndo, press, reportOf, rows, storageElement, storedModel, StoragePage } from './storage-events.js';
import { isWebKit } from '../support/is-web-kit.js';
import { until } from '../support/until.js';

const HELD = 'Will be deleted in 10 s Paused';

let models: ModelStorage[];
let page: StoragePage;
let undo: ReturnType<typeof holdUndo>;
let requested: string[];

beforeEach(() => {
  models = ['One', 'Two'].map((modelName) => storedModel({ modelKey: modelName.toLowerCase(), modelName }));
  requested = [];
  page = new StoragePage(() => Promise.resolve(reportOf(models)));
  page.on<{ modelKey: string; answer: (removal: Promise<void>) => void }>(ModelStorageRemoveRequestEvent.eventName, ({ detail }) => {
    requested.push(detail.modelKey);
    models = models.filter(({ modelKey }) => modelKey !== detail.modelKey);
    detail.answer(Promise.resolve());
  });
  undo = holdUndo();
});

afterEach(() => {
  undo.restore();
  page.close();
});

const text = (element: Element, row = 0): string => seen(rows(element)[row]);
const isPaused = (element: Element): boolean =>
  [...(rows(element)[0]?.querySelectorAll<HTMLElement>('.facts > *') ?? [])].some(
    (fact) => fact.textContent === 'Paused' && getComputedStyle(fact).visibility === 'visible',
  );
const focused = (element: Element): string | null | undefined => element.shadowRoot?.activeElement?.getAttribute('aria-label');

/** Dispatches an event of a pointer that enters or leaves a row. */
function point(row: HTMLElement | undefined, type: 'pointerover' | 'pointerout', relatedTarget: Element | null = null): void {
  const target = row?.querySelector('.words');
  target?.dispatchEvent(new PointerEvent(type, { bubbles: true, composed: true, relatedTarget }));
}

describe('the time for Undo, by keyboard', () => {
  /** Deletes the first model by its button. */
  async function deleteFirst(): Promise<ModelStorageElement> {
    const element = await storageElement();
    await sendKeys({ press: 'Tab' });
    await until(() => focused(element) === 'Delete: One');
    await sendKeys({ press: 'Enter' });
    await until(() => focused(element) === 'Undo: One');
    await elementUpdated(element);
    return element;
  }

  it('does not run while the focus is on Undo, and begins when it leaves the row', async () => {
    const element = await deleteFirst();
    expect(text(element)).to.contain(HELD);
    expect(isPaused(element)).to.equal(true);
    expect(announced(element)).to.deep.equal(['One: Will be deleted in 10 seconds, Paused']);
    expect(undo.pending()).to.equal(0);
    await sendKeys({ press: 'Tab' });
    await until(() => undo.pending() === 1);
    await elementUpdated(element);
    expect(focused(element)).to.equal('Delete: Two');
    expect(text(element)).to.contain('Will be deleted in 10 s');
    expect(isPaused(element)).to.equal(false);
    expect(announced(element)).to.deep.equal(['One: Will be deleted in 10 seconds']);
    expect(requested).to.deep.equal([]);
    undo.pass();
    await until(() => rows(element).length === 1);
    expect(requested).to.deep.equal(['one']);
    expect(focused(element), 'the user is at another model').to.equal('Delete: Two');
  });

  it('is held again when the focus comes back, and Undo still keeps the model', async () => {
    const element = await deleteFirst();
    await sendKeys({ press: 'Tab' });
    await until(() => undo.pending() === 1);
    rows(element)[0]?.querySelector('button')?.focus();
    await until(() => undo.pending() === 0);
    await elementUpdated(element);
    expect(text(element)).to.contain(HELD);
    expect(isPaused(element)).to.equal(true);
    await sendKeys({ press: 'Enter' });
    await until(() => focused(element) === 'Delete: One');
    await elementUpdated(element);
    expect(text(element)).to.contain('Complete').and.not.contain('Paused');
    expect(requested).to.deep.equal([]);
  });

  it('is held while the user is in another window', async () => {
    const element = await deleteFirst();
    const { hasFocus } = document;
    Object.assign(document, { hasFocus: () => false });
    rows(element)[0]
      ?.querySelector('button')
      ?.dispatchEvent(new FocusEvent('focusout', { bubbles: true, composed: true }));
    await Promise.resolve();
    expect(undo.pending()).to.equal(0);
    Object.assign(document, { hasFocus });
  });

  it('is dropped with the page: a model whose time is held is not deleted', async () => {
    const element = await deleteFirst();
    element.remove();
    await Promise.resolve();
    await fixture(html`${element}`);
    await elementUpdated(element);
    expect(text(element)).to.contain('Complete');
    expect(undo.pending()).to.equal(0);
  });

  it('is held for a button that is not in the place of Delete', async () => {
    models = [storedModel({ modelKey: 'one', modelName: 'One', isComplete: false, totalBytes: 200_000_000 }), ...models.slice(1)];
    const element = await storageElement();
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Tab' });
    await until(() => focused(element) === 'Delete: One');
    await sendKeys({ press: 'Enter' });
    await until(() => focused(element) === 'Undo: One');
    await elementUpdated(element);
    expect(text(element)).to.contain(HELD);
    expect(isPaused(element)).to.equal(true);
    expect(announced(element)).to.deep.equal(['One: Will be deleted in 10 seconds, Paused']);
    expect(undo.pending()).to.equal(0);
  });
});

describe('the time for Undo, by pointer', () => {
  let showFocus: () => void;

  beforeEach(() => {
    showFocus = hideFocus();
  });

  afterEach(() => showFocus());

  it('does not run while the pointer is in the row, and begins again from 10 s when it leaves', async () => {
    const element = await storageElement();
    const [first, second] = rows(element);
    point(first, 'pointerover');
    press(element, 'delete');
    await elementUpdated(element);
    expect(text(element)).to.contain(HELD);
    expect(isPaused(element)).to.equal(true);
    expect(undo.pending()).to.equal(0);
    point(first, 'pointerout', first?.querySelector('button'));
    await Promise.resolve();
    expect(undo.pending(), 'it moved within the row').to.equal(0);
    point(first, 'pointerout', second);
    await Promise.resolve();
    expect(undo.pending()).to.equal(1);
    await elementUpdated(element);
    expect(text(element)).to.contain('Will be deleted in 10 s');
    expect(isPaused(element)).to.equal(false);
    point(first, 'pointerover');
    await Promise.resolve();
    expect(undo.pending()).to.equal(0);
    expect(requested).to.deep.equal([]);
  });

  it('runs while the pointer is in another row', async () => {
    const element = await storageElement();
    point(rows(element)[1], 'pointerover');
    press(element, 'delete');
    await elementUpdated(element);
    expect(undo.pending()).to.equal(1);
  });

  it('runs after a touch, whose focus on Undo is not visible, and begins again when the row is touched', async () => {
    const element = await storageElement();
    const [first] = rows(element);
    point(first, 'pointerover');
    point(first, 'pointerout');
    press(element, 'delete');
    await elementUpdated(element);
    expect(focused(element)).to.equal('Undo: One');
    expect(undo.pending()).to.equal(1);
    point(first, 'pointerover');
    await Promise.resolve();
    expect(undo.pending(), 'the finger is down').to.equal(0);
    point(first, 'pointerout');
    await Promise.resolve();
    expect(undo.pending()).to.equal(1);
  });

  it('does not move Undo when it is held', async () => {
    const element = await storageElement();
    element.style.inlineSize = '208px';
    press(element, 'delete');
    await elementUpdated(element);
    const place = (): number | undefined => rows(element)[0]?.querySelector('button')?.getBoundingClientRect().top;
    const before = place();
    point(rows(element)[0], 'pointerover');
    await Promise.resolve();
    await elementUpdated(element);
    expect(isPaused(element)).to.equal(true);
    expect(place()).to.equal(before);
  });

  it('is held once a key makes the focus on Undo visible', async () => {
    const element = await storageElement();
    press(element, 'delete');
    await elementUpdated(element);
    expect(undo.pending()).to.equal(1);
    showFocus();
    await sendKeys({ press: 'ArrowDown' });
    await until(() => undo.pending() === 0);
  });
});

// WebDriver's pointer is not available to the runner's command in WebKitGTK.
(isWebKit ? describe.skip : describe)('the time for Undo, by a real mouse', () => {
  it('is held by the pointer, and not by the focus that the press leaves on Undo', async () => {
    const element = await storageElement();
    const box = rows(element)[0]?.querySelector('button')?.getBoundingClientRect() ?? new DOMRect();
    await sendMouse({ type: 'click', position: [Math.round(box.x + 5), Math.round(box.y + 5)] });
    await until(() => focused(element) === 'Undo: One');
    await elementUpdated(element);
    expect(text(element)).to.contain(HELD);
    expect(isPaused(element)).to.equal(true);
    expect(undo.pending()).to.equal(0);
    await sendMouse({ type: 'move', position: [1, 590] });
    await until(() => undo.pending() === 1);
    expect(focused(element)).to.equal('Undo: One');
    undo.pass();
    await until(() => rows(element).length === 1);
    expect(focused(element), 'the next model').to.equal('Delete: Two');
  });
});
