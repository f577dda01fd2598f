import type { DownloadState } from 'model-download';
import { onScopeDispose, shallowRef, type ShallowRef } from 'vue';
import { downloads } from './model.ts';

/** How a download stands, for as long as the component lives. */
export function useDownload(modelKey: string): Readonly<ShallowRef<DownloadState | undefined>> {
  const state = shallowRef(downloads.getState(modelKey));
  onScopeDispose(downloads.subscribe(modelKey, (next) => (state.value = next)));
  return state;
}
