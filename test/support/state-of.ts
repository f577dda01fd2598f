import type { DownloadState, DownloadStateFields } from 'model-download/core';
import { NO_ACTIONS, toDownloadState } from '#dist/core/internal.js';

/** The state of a download that runs and has received no byte, unless `fields` contains others. */
export function stateOf(modelKey: string, fields: Partial<DownloadStateFields> = {}): DownloadState {
  return toDownloadState({
    modelKey,
    modelName: modelKey,
    status: 'downloading',
    lastUpdate: 0,
    bytesDownloaded: 0,
    attempt: 0,
    maxAttempts: 3,
    can: NO_ACTIONS,
    ...fields,
  });
}
