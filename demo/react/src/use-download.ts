import type { DownloadState } from 'model-download';
import { useCallback, useSyncExternalStore } from 'react';
import { downloads } from './model.ts';

/** How a download stands. States are frozen and replaced on change, as React asks of a store's snapshots. */
export function useDownload(modelKey: string): DownloadState | undefined {
  const subscribe = useCallback((onChange: () => void) => downloads.subscribe(modelKey, onChange), [modelKey]);
  return useSyncExternalStore(subscribe, () => downloads.getState(modelKey));
}
