const openDialogs = new WeakMap<Document, Map<Element, string>>();
const listeners = new WeakMap<Document, Set<() => void>>();

/** Tells the document's elements that a dialog shows a download, or with `undefined` that it shows none. */
export function showInDialog(host: Element, modelKey: string | undefined): void {
  const { ownerDocument } = host;
  const dialogs = openDialogs.get(ownerDocument) ?? new Map<Element, string>();
  if (dialogs.get(host) === modelKey) return;
  openDialogs.set(ownerDocument, dialogs);
  if (modelKey === undefined) dialogs.delete(host);
  else dialogs.set(host, modelKey);
  for (const listener of [...(listeners.get(ownerDocument) ?? [])]) listener();
}

/** Whether another open dialog shows a download than the one that `element` stands in. */
export function isShownInDialog(element: Element, modelKey: string): boolean {
  const root = element.getRootNode();
  for (const [host, key] of openDialogs.get(element.ownerDocument) ?? []) {
    if (key === modelKey && root !== host.shadowRoot) return true;
  }
  return false;
}

/** Hears when dialogs open and close; returns how to stop hearing. */
export function watchDialogs(document: Document, listener: () => void): () => void {
  const watching = listeners.get(document) ?? new Set<() => void>();
  listeners.set(document, watching.add(listener));
  return () => watching.delete(listener);
}
