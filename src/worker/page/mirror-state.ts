import { unpackFailure, type PackedFailure } from '../packed-failure.js';
import type { AggregateProgressInfo, DownloadState } from '../../core/index.js';
import type { DownloadStates } from '../../core/internal.js';

/** Applies a state of a worker to the page's states. The page's own name, cache state and variant are not overwritten. */
export function mirrorState(states: DownloadStates, state: DownloadState): void {
  const { modelKey } = state;
  const { modelName, cached, fits, variant } = states.getState(modelKey) ?? state;
  const update = { ...state, modelName, cached, fits, variant };
  if (state.status === 'idle') states.markCached(modelKey);
  else if (state.status === 'queued') states.startDownload(modelKey, update);
  else if (state.status === 'completed') states.completeDownload(modelKey, update);
  else if (state.status === 'cancelled') states.cancelDownload(modelKey, update);
  else states.updateDownload(modelKey, update);
}

/** The aggregate of a worker, with its error restored. */
export function mirrorAggregate(aggregate: AggregateProgressInfo): AggregateProgressInfo {
  const { error } = aggregate as { error?: PackedFailure };
  return Object.freeze(error === undefined ? aggregate : { ...aggregate, error: unpackFailure(error) });
}
