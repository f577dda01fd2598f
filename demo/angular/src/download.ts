import { DestroyRef, inject, signal, type Signal } from '@angular/core';
import type { DownloadState } from 'model-download';
import { downloads } from './model';

/** How a download stands, for as long as the component lives. */
export function download(modelKey: string): Signal<DownloadState | undefined> {
  const state = signal(downloads.getState(modelKey));
  inject(DestroyRef).onDestroy(downloads.subscribe(modelKey, (next) => state.set(next)));
  return state;
}
