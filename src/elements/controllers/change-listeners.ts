// In: the `model-download-change` events of a document. Out: their details, to the elements of that model.
import { ModelDownloadChangeEvent } from '../../protocol/index.js';
import { fieldsOf } from '../../core/internal.js';

type ChangeListener = (detail: Readonly<Record<string, unknown>>) => void;

/** The key of the listeners for all downloads. */
const ALL = '';

/** The listeners of one document, by the key of the download. */
class DocumentListeners {
  readonly #document: Document;
  readonly #byKey = new Map<string, Set<ChangeListener>>();

  constructor(document: Document) {
    this.#document = document;
  }

  add(modelKey: string, listener: ChangeListener): void {
    if (this.#byKey.size === 0) this.#document.addEventListener(ModelDownloadChangeEvent.eventName, this.#handleChange);
    const listeners = this.#byKey.get(modelKey) ?? new Set();
    this.#byKey.set(modelKey, listeners.add(listener));
  }

  remove(modelKey: string, listener: ChangeListener): void {
    const listeners = this.#byKey.get(modelKey);
    listeners?.delete(listener);
    if (listeners?.size === 0) this.#byKey.delete(modelKey);
    if (this.#byKey.size === 0) this.#document.removeEventListener(ModelDownloadChangeEvent.eventName, this.#handleChange);
  }

  readonly #handleChange = (event: Event): void => {
    const detail = fieldsOf((event as CustomEvent<unknown>).detail);
    const { modelKey } = detail;
    if (typeof modelKey !== 'string' || modelKey === '') return;
    for (const key of [modelKey, ALL]) {
      // A copy, because a listener can add or remove listeners.
      for (const listener of [...(this.#byKey.get(key) ?? [])]) listener(detail);
    }
  };
}

const documents = new WeakMap<Document, DocumentListeners>();

/**
 * Calls `listener` with the detail of each change of a download, or of all downloads for an empty key.
 * Returns a function that removes the listener. All elements of a document share one DOM listener, so that
 * an element is not called for the changes of other downloads.
 */
export function listenToChanges(document: Document, modelKey: string, listener: ChangeListener): () => void {
  let listeners = documents.get(document);
  if (!listeners) documents.set(document, (listeners = new DocumentListeners(document)));
  const found = listeners;
  found.add(modelKey, listener);
  return () => found.remove(modelKey, listener);
}
