import { elementUpdated, fixture, html } from '@open-wc/testing';
import {
  ModelStorageQueryEvent,
  type ModelStorage,
  type ModelStorageElement,
  type ModelStorageQueryDetail,
  type StorageReport,
} from 'model-download';
import { until } from '../support/until.js';
import { MB } from './download-events.js';

/** A model on this device; a test sets the fields that matter. */
export function storedModel(fields: Partial<ModelStorage> = {}): ModelStorage {
  return {
    modelKey: 'phi-3',
    modelName: 'Phi-3 Advanced',
    bytes: 100 * MB,
    partialBytes: 0,
    totalBytes: undefined,
    isComplete: true,
    lastUsed: undefined,
    status: 'idle',
    sharedWith: [],
    ...fields,
  };
}

export function reportOf(models: readonly ModelStorage[], fields: Partial<StorageReport> = {}): StorageReport {
  return {
    models,
    unmeasured: [],
    others: [],
    usage: undefined,
    quota: undefined,
    isPersistent: undefined,
    ...fields,
  };
}

/** A page that answers the queries of its elements with the current report, until `close()` is called. */
export class StoragePage {
  queries = 0;
  readonly #controller = new AbortController();

  constructor(public answer: () => unknown) {
    this.on<ModelStorageQueryDetail>(ModelStorageQueryEvent.eventName, ({ detail }) => {
      this.queries++;
      const answer = this.answer();
      if (answer !== undefined) detail.answer(answer as Promise<StorageReport>);
    });
  }

  /** Adds a listener to the document. */
  on<Detail>(name: string, listener: (event: CustomEvent<Detail>) => void): void {
    document.addEventListener(name, (event) => listener(event as CustomEvent<Detail>), { signal: this.#controller.signal });
  }

  close(): void {
    this.#controller.abort();
  }
}

/** An element that has received the answer of the page. */
export async function storageElement(): Promise<ModelStorageElement> {
  const element = await fixture<ModelStorageElement>(html`<model-storage></model-storage>`);
  await element.updateComplete;
  await until(() => !element.matches(':state(checking)'));
  await elementUpdated(element);
  return element;
}

/** The rows of the list. */
export function rows(element: Element): HTMLElement[] {
  return [...(element.shadowRoot?.querySelectorAll<HTMLElement>('[part~="model"]') ?? [])];
}

/** Presses a button, which has the focus then. The engine decides whether it is visible, unless `hideFocus()` was called. */
export function press(element: Element, part: string, row = 0): void {
  const root = part === 'persist' ? element.shadowRoot : rows(element)[row];
  const button = root?.querySelector<HTMLElement>(`[part~="${part}"]`);
  button?.focus();
  button?.click();
}

/** Makes the focus invisible, as after a touch, until the returned function is called. */
export function hideFocus(): () => void {
  const { matches } = Element.prototype;
  const withoutFocus = function (this: Element, selectors: string): boolean {
    return selectors !== ':focus-visible' && matches.call(this, selectors);
  };
  Object.assign(Element.prototype, { matches: withoutFocus });
  return () => void Object.assign(Element.prototype, { matches });
}

/** Holds the timers of the time for Undo, until `restore()` is called. `pass()` lets the time pass. */
export function holdUndo(): { readonly pass: () => void; readonly pending: () => number; readonly restore: () => void } {
  const { setTimeout: nativeSet, clearTimeout: nativeClear } = globalThis;
  const held = new Map<number, () => void>();
  let last = -1;
  Object.assign(globalThis, {
    setTimeout: (callback: () => void, delay = 0): unknown => {
      if (delay !== 10_000) return nativeSet(callback, delay);
      held.set(--last, callback);
      return last;
    },
    clearTimeout: (timer: number): void => {
      if (!held.delete(timer)) nativeClear(timer);
    },
  });
  const pass = (): void => {
    const due = [...held.values()];
    held.clear();
    for (const callback of due) callback();
  };
  return {
    pass,
    pending: () => held.size,
    restore: () => void Object.assign(globalThis, { setTimeout: nativeSet, clearTimeout: nativeClear }),
  };
}
