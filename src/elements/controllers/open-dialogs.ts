/** The open dialogs of all documents, and the keys of their downloads. */
const openDialogs = new Map<Element, string>();
const listeners = new Set<() => void>();

/** Records the download that a dialog shows, `undefined` for none, and notifies the other elements. */
export function showInDialog(host: Element, modelKey: string | undefined): void {
  if (openDialogs.get(host) === modelKey) return;
  if (modelKey === undefined) openDialogs.delete(host);
  else openDialogs.set(host, modelKey);
  for (const listener of [...listeners]) listener();
}

/** Whether an open dialog of the same document shows a download, except a dialog that contains `element`. */
export function isShownInDialog(element: Element, modelKey: string): boolean {
  const root = element.getRootNode();
  // The document is read at each call, because a dialog can move to another document.
  return [...openDialogs].some(
    ([host, key]) => key === modelKey && root !== host.shadowRoot && host.ownerDocument === element.ownerDocument,
  );
}

/** Calls `listener` when a dialog opens or closes. Returns a function that removes the listener. */
export function watchDialogs(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
