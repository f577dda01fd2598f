import type { AggregateProgressInfo } from '../core/index.js';
import { attempt } from '../core/internal.js';
import type { LearnedConditions } from './learned-plans.js';
import type { StoragePlace } from './storage-place.js';
import { plansPrefix } from './stored-plans.js';

/**
 * Stores the files of a successful load. If storage is blocked or full, the next load stores them again.
 *
 * @param source Identifies the definition, since a key may be defined again.
 * @param conditions The version of Transformers.js and the address of the files: another version requests other files, and files at
 * another address have other sizes. Also the files that the load has found to be missing.
 */
export function learnPlan(
  { storage, namespace }: StoragePlace,
  modelKey: string,
  source: string,
  { files, totalIsExact }: AggregateProgressInfo,
  { version, address, absent }: LearnedConditions = {},
): void {
  if (!totalIsExact) return;
  const plan = files.map(({ file, total }) => ({ file, size: total }));
  attempt(() => storage?.setItem(plansPrefix(namespace) + modelKey, JSON.stringify({ source, version, address, plan, absent })));
}
