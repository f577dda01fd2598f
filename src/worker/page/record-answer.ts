import { forgetAbsences, learnPlan, mayLackFile, recordUse, sourceOf, type DownloadHandle } from '../../model/index.js';
import { epochNow } from '../../core/internal.js';
import type { WorkerMessageBody } from '../messages.js';
import { unpackFailure } from '../packed-failure.js';
import type { RunKind } from './remote-runs.js';
import type { WorkerProviderOptions } from './worker-provider.js';

/** A request for a load or a prefetch. */
interface SentRequest {
  readonly modelKey: string;
  readonly kind: RunKind;
}

/**
 * Stores the facts for the next visit from a worker's `answer` to a load or a prefetch: a worker has no `localStorage`.
 *
 * @throws DownloadFailure if the request has failed.
 */
export function recordAnswer(
  options: WorkerProviderOptions,
  { aggregate, definition }: Pick<DownloadHandle, 'aggregate' | 'definition'>,
  { modelKey, kind }: SentRequest,
  { failure: packed, ...conditions }: Pick<WorkerMessageBody & { kind: 'answer' }, 'failure' | 'version' | 'address' | 'absent'>,
): void {
  const failure = packed && unpackFailure(packed);
  if (failure) {
    if (mayLackFile(failure)) forgetAbsences(options, modelKey);
    throw failure;
  }
  if (aggregate) learnPlan(options, modelKey, sourceOf(definition), aggregate, conditions);
  if (kind === 'load') recordUse(options, modelKey, epochNow(options.clock));
}
