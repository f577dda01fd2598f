import { learnPlan, recordUse, sourceOf, type DownloadHandle, type PlanConditions } from '../../model/index.js';
import { epochNow } from '../../core/internal.js';
import type { RunKind } from './remote-runs.js';
import type { WorkerProviderOptions } from './worker-provider.js';

/** A load or a prefetch that a worker has completed. */
interface CompletedRequest extends PlanConditions {
  readonly modelKey: string;
  readonly kind: RunKind;
}

/** Stores what the next visit needs of a completed load or prefetch: a worker has no `localStorage`. */
export function recordResult(
  options: WorkerProviderOptions,
  { aggregate, definition }: Pick<DownloadHandle, 'aggregate' | 'definition'>,
  { modelKey, kind, version, address }: CompletedRequest,
): void {
  if (aggregate) learnPlan(options, modelKey, sourceOf(definition), aggregate, { version, address });
  if (kind === 'load') recordUse(options, modelKey, epochNow(options.clock));
}
