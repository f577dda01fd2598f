const listeners = new Set<() => void>();

/** Calls `listener` when a download is likely to start soon, until `signal` aborts: what it needs can be imported ahead. */
export function whenDownloadExpected(listener: () => void, signal: AbortSignal): void {
  listeners.add(listener);
  signal.addEventListener('abort', () => listeners.delete(listener));
}

/** Reports that a download is likely to start soon, such as when a dialog offers it. */
export function expectDownload(): void {
  for (const listener of [...listeners]) listener();
}
