/** The open dialogs of all documents, with the downloads that they show. */
const openDialogs = new Map<Element, string>();
const listeners = new Set<() => void>();

/** Records that a dialog shows a download, or with `undefined` that it shows none, and notifies the other elements. */
export function showInDialog(host: Element, modelKey: string | undefined): void {
  if (openDialogs.get(host) === modelKey) return;
  if (modelKey === undefined) openDialogs.delete(host);
  else openDialogs.set(host, modelKey);
  for (const listener of [...listeners]) listener();
}

/** Whether an open dialog of the same document, other than the one that `element` stands in, shows a download. */
export function isShownInDialog(element: Element, modelKey: string): boolean {
  const root = element.getRootNode();
  // A dialog may have moved: its document is the one that it is in now.
  return [...openDialogs].some(
    ([host, key]) => key === modelKey && root !== host.shadowRoot && host.ownerDocument === element.ownerDocument,
  );
}

/** Calls `listener` when a dialog opens or closes; returns what ends that. */
export function watchDialogs(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
