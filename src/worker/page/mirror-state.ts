import { unpackFailure, type PackedFailure } from '../packed-failure.js';
import type { AggregateProgressInfo, DownloadState, ProgressStateManager } from '../../core/index.js';

/** Takes over a state that another realm has written. What the page knows itself of name and device stays. */
export function mirrorState(states: ProgressStateManager, state: DownloadState): void {
  const { modelKey } = state;
  const { modelName, cached, fits } = states.getState(modelKey) ?? state;
  const update = { ...state, modelName, cached, fits };
  if (state.status === 'idle') states.markCached(modelKey);
  else if (state.status === 'queued') states.startDownload(modelKey, update);
  else if (state.status === 'completed') states.completeDownload(modelKey, update);
  else if (state.status === 'cancelled') states.cancelDownload(modelKey, update);
  else states.updateDownload(modelKey, update);
}

/** The files that another realm has told of. A failure arrives as plain data. */
export function mirrorAggregate(aggregate: AggregateProgressInfo): AggregateProgressInfo {
  const { error } = aggregate as { error?: PackedFailure };
  return Object.freeze(error === undefined ? aggregate : { ...aggregate, error: unpackFailure(error) });
}
