import type { PlanEntry } from '../core/index.js';
import type { LearnedBy } from './model-download.js';
import type { Learned } from './worker-messages.js';

/** A learned plan, unless it is one of another version, or of files at other addresses. */
export function planBy(learned: Learned | undefined, { version, address }: LearnedBy): readonly PlanEntry[] | undefined {
  const isOf = <T>(wanted: T | undefined, known: T | undefined): boolean => wanted === undefined || wanted === known;
  return learned && isOf(version, learned.version) && isOf(address, learned.address) ? learned.plan : undefined;
}
