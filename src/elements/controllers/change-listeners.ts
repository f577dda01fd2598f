import { ModelDownloadChangeEvent } from '../../protocol/index.js';

type ChangeListener = (detail: Readonly<Record<string, unknown>>) => void;

/** Who hears all changes. */
const ALL = '';

/** The listeners of one document, by the key of the download. */
class DocumentListeners {
  readonly #document: Document;
  readonly #byKey = new Map<string, Set<ChangeListener>>();

  constructor(document: Document) {
    this.#document = document;
  }

  add(modelKey: string, listener: ChangeListener): void {
    if (this.#byKey.size === 0) this.#document.addEventListener(ModelDownloadChangeEvent.eventName, this.#receive);
    const listeners = this.#byKey.get(modelKey) ?? new Set();
    this.#byKey.set(modelKey, listeners.add(listener));
  }

  remove(modelKey: string, listener: ChangeListener): void {
    const listeners = this.#byKey.get(modelKey);
    listeners?.delete(listener);
    if (listeners?.size === 0) this.#byKey.delete(modelKey);
    if (this.#byKey.size === 0) this.#document.removeEventListener(ModelDownloadChangeEvent.eventName, this.#receive);
  }

  readonly #receive = (event: Event): void => {
    const detail: unknown = (event as CustomEvent<unknown>).detail;
    if (typeof detail !== 'object' || detail === null) return;
    const { modelKey } = detail as { readonly modelKey?: unknown };
    if (typeof modelKey !== 'string' || modelKey === '') return;
    for (const key of [modelKey, ALL]) {
      // A copy: a listener may leave, or another come, meanwhile.
      for (const listener of [...(this.#byKey.get(key) ?? [])]) listener(detail as Readonly<Record<string, unknown>>);
    }
  };
}

const documents = new WeakMap<Document, DocumentListeners>();

/**
 * Calls `listener` with the detail of each change of a download, or of all for an empty key, until
 * the function that is returned is called. One listener of the platform serves all elements of a
 * document: with many of them, each would be called for the changes of all.
 */
export function listenToChanges(document: Document, modelKey: string, listener: ChangeListener): () => void {
  let listeners = documents.get(document);
  if (!listeners) documents.set(document, (listeners = new DocumentListeners(document)));
  const found = listeners;
  found.add(modelKey, listener);
  return () => found.remove(modelKey, listener);
}
