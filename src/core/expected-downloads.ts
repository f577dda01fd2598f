const listeners = new Set<() => void>();

/**
 * Calls `listener` when a download is likely to start soon, so that the modules it needs can be imported in advance. Returns a
 * function that removes the listener.
 */
export function whenDownloadExpected(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Reports that a download is likely to start soon, such as when a dialog offers it. */
export function expectDownload(): void {
  for (const listener of [...listeners]) listener();
}
