import type { AggregateProgressInfo, PlanEntry } from '../core/index.js';

/** What decides, beside its definition, which files a model has. */
export interface PlanConditions {
  /** The major version of Transformers.js; `undefined` where that does not load the model, or is not known yet. */
  readonly version?: number | undefined;
  /** The common start of the addresses of its files: host, path and revision; `undefined` as for `version`. */
  readonly address?: string | undefined;
}

/** The files that a load needed, and the conditions under which it needed them. */
export interface LearnedPlan {
  /** As in {@link PlanConditions}. */
  readonly version: number | undefined;
  /** As in {@link PlanConditions}. */
  readonly address: string | undefined;
  readonly plan: readonly PlanEntry[];
}

/** The files that loads needed, kept for the next loads. */
export interface LearnedPlans {
  /** Keeps the files of a load that has succeeded. */
  learn(modelKey: string, source: string, aggregate: AggregateProgressInfo, conditions: PlanConditions): void;
  /** The files of the last load of this definition; `undefined` if there was none, or its conditions were others. */
  recall(modelKey: string, source: string, conditions?: PlanConditions): readonly PlanEntry[] | undefined;
}

/** The files of a learned plan; `undefined` if it is of another version, or of files at other addresses. */
export function planFor(learned: LearnedPlan | undefined, { version, address }: PlanConditions): readonly PlanEntry[] | undefined {
  const agrees = <T>(wanted: T | undefined, known: T | undefined): boolean => wanted === undefined || wanted === known;
  return learned && agrees(version, learned.version) && agrees(address, learned.address) ? learned.plan : undefined;
}
