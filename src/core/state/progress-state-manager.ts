import { checkOptions } from '../checks.js';
import { classifyFailure } from '../failure/classify-failure.js';
import type { DownloadState } from './download-state.js';
import { DownloadStates, type DownloadUpdate, type ProgressStateManagerOptions } from './download-states.js';

/** The only writer of download states, for users of `model-download/core`: classifies the causes of failures. */
export class ProgressStateManager extends DownloadStates {
  /** @throws TypeError when an option has a wrong type. */
  constructor(options: ProgressStateManagerOptions = {}) {
    checkOptions(options, { clock: 'object', storage: 'object', namespace: 'string', mayPersist: 'function' });
    super(options);
  }

  /** Resumes a paused download. */
  resumeDownload(modelKey: string, update: DownloadUpdate = {}): DownloadState | undefined {
    const known = this.getState(modelKey);
    if (known?.status !== 'paused') return known;
    return this.updateDownload(modelKey, { ...update, status: 'downloading' });
  }

  /** Ends a download by a failure. The state has the code and the message of `cause`. */
  override failDownload(modelKey: string, cause: unknown, update: DownloadUpdate = {}): DownloadState | undefined {
    return super.failDownload(modelKey, classifyFailure(cause), update);
  }
}
