import { elementUpdated, expect, fixture, html } from '@open-wc/testing';
import type { LitElement } from 'lit';
import type { ModelStorageElement } from 'model-download';
import 'model-download/define';
import 'model-download/define/model-storage';
import { aggregateOf, EVERY_STATUS, halfway, KEY, MB, stateOf, tell } from './download-events.js';
import { until } from '../support/until.js';
import { press, reportOf, storageElement, storedModel, StoragePage } from './storage-events.js';

interface Declaration {
  readonly tagName: string;
  readonly cssParts: readonly { name: string }[];
  readonly slots: readonly { name: string }[];
  readonly cssProperties: readonly { name: string; default?: string }[];
}

interface Manifest {
  readonly modules: readonly { declarations: readonly Declaration[] }[];
}

const manifest = (await (await fetch('/custom-elements.json')).json()) as Manifest;
const declarations = manifest.modules.flatMap((module) => module.declarations);

/** States with parts that none of the plain ones has. */
const SPECIAL = [
  halfway({ status: 'downloading', attempt: 1, can: { cancel: true } }),
  halfway({ status: 'waiting', failureCode: 'network', retryAt: Date.now() + 60_000, attempt: 1, can: { cancel: true, retry: true } }),
  halfway({
    status: 'failed',
    failureCode: 'network',
    error: 'Failed to fetch',
    attempt: 1,
    can: { retry: true, restart: true, chooseModel: true },
  }),
  stateOf({ status: 'downloading', bytesDownloaded: MB, speed: MB, can: { cancel: true } }),
  halfway({ status: 'paused', isRestored: true, kept: true, can: { resume: true, cancel: true } }),
  stateOf({
    totalBytes: 2 * MB,
    lastSpeed: MB,
    variant: 'a',
    variants: ['a', 'b'].map((variant) => ({
      variant,
      name: variant,
      totalBytes: 2 * MB,
      cached: false,
      cachedBytes: 0,
      excludesRuntime: false,
      fits: true,
    })),
  }),
];

/** A connection about which the dialog has a notice. */
const metered = Object.assign(new EventTarget(), { saveData: true });
before(() => void Object.defineProperty(navigator, 'connection', { configurable: true, value: metered }));
after(() => void Reflect.deleteProperty(navigator, 'connection'));

/** All items of one kind that an element renders in any state, with open details. */
async function drawnBy(tagName: string, read: (root: ShadowRoot) => Iterable<string>): Promise<string[]> {
  const host = await fixture<HTMLElement>(html`<div></div>`);
  const element = document.createElement(tagName) as HTMLElement & { updateComplete: Promise<unknown> };
  element.setAttribute('model-key', KEY);
  if (tagName === 'model-download-dialog') element.toggleAttribute('open', true);
  host.append(element);
  const found = new Set<string>();
  for (const state of [...EVERY_STATUS, ...SPECIAL]) {
    tell(state, aggregateOf());
    await elementUpdated(element);
    const hasChoice = (): boolean => element.shadowRoot!.querySelector('[part=variants]') !== null;
    if (tagName === 'model-download-dialog' && state.variants) await until(hasChoice);
    const toggle = element.shadowRoot!.querySelector<HTMLElement>('[part~="toggle"][aria-expanded="false"]');
    toggle?.click();
    await elementUpdated(element);
    for (const name of read(element.shadowRoot!)) found.add(name);
  }
  return [...found].sort();
}

/** All items of one kind that `<model-storage>` renders, with models in every state, after a delete, and without models. */
async function drawnByStorage(read: (root: ShadowRoot) => Iterable<string>): Promise<string[]> {
  const models = [KEY, 'idle'].map((key) => storedModel({ modelKey: key, isComplete: false, partialBytes: MB }));
  const others = [{ name: 'WebLLM', bytes: MB, isExact: true }];
  const page = new StoragePage(() =>
    Promise.resolve(
      reportOf([...models, storedModel({ sharedWith: ['idle'] })], { others, usage: MB, quota: 2 * MB, isPersistent: false }),
    ),
  );
  const found = new Set<string>();
  const collect = (element: ModelStorageElement): void => {
    for (const name of read(element.shadowRoot!)) found.add(name);
  };
  try {
    const element = await storageElement();
    collect(element);
    tell(halfway({ status: 'downloading', can: { cancel: true } }));
    await elementUpdated(element);
    collect(element);
    press(element, 'delete', 1);
    await elementUpdated(element);
    collect(element);
    page.answer = () => Promise.resolve(reportOf([]));
    collect(await storageElement());
  } finally {
    page.close();
  }
  return [...found].sort();
}

function drawn(tagName: string, read: (root: ShadowRoot) => Iterable<string>): Promise<string[]> {
  return tagName === 'model-storage' ? drawnByStorage(read) : drawnBy(tagName, read);
}

function* partsIn(root: ShadowRoot): Iterable<string> {
  for (const element of root.querySelectorAll('[part]')) yield* element.part;
}

function* slotsIn(root: ShadowRoot): Iterable<string> {
  for (const slot of root.querySelectorAll('slot')) yield slot.name;
}

/** The tokens in the styles of an element, with their fallbacks. */
function tokensOf(tagName: string): Map<string, string> {
  const { elementStyles } = customElements.get(tagName) as typeof LitElement;
  const css = elementStyles.map((style) => ('cssText' in style ? style.cssText : '')).join('\n');
  const read = [...css.matchAll(/(?:(--_[\w-]+):[^;]*?)?var\((--model-download-[\w-]+)(?:, ([^;]*))?\)/g)];
  const isUsed = (name: string): boolean => css.includes(`var(${name}`);
  return new Map(read.filter(([, name]) => !name || isUsed(name)).map(([, , token = '', fallback = '']) => [token, fallback]));
}

for (const { tagName, cssParts, slots, cssProperties } of declarations) {
  describe(`the manifest of <${tagName}>`, () => {
    it('lists exactly the rendered parts', async () => {
      expect(await drawn(tagName, partsIn)).to.deep.equal(cssParts.map(({ name }) => name).sort());
    });

    it('lists exactly the tokens of its styles', () => {
      expect(cssProperties.map(({ name }) => name).sort()).to.deep.equal([...tokensOf(tagName).keys()].sort());
    });

    it('lists exactly the rendered slots', async () => {
      expect(await drawn(tagName, slotsIn)).to.deep.equal(slots.map(({ name }) => name).sort());
    });
  });
}
