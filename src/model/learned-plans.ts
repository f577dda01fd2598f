import type { PlanEntry } from '../core/index.js';

/** The conditions that determine, with its definition, which files a model has. */
export interface PlanConditions {
  /** The major version of Transformers.js; `undefined` for a model with its own loader, and before the import of the module. */
  readonly version?: number | undefined;
  /** The common start of the addresses of its files: host, path and revision; `undefined` as for `version`. */
  readonly address?: string | undefined;
}

/** The files of a load, and its conditions. */
export interface LearnedPlan {
  /** As in {@link PlanConditions}. */
  readonly version: number | undefined;
  /** As in {@link PlanConditions}. */
  readonly address: string | undefined;
  readonly plan: readonly PlanEntry[];
}

/** The files of earlier loads, for the next ones. */
export interface LearnedPlans {
  /** The files of the last load of this definition; `undefined` if there was none, or its conditions differ. */
  recall(modelKey: string, source: string, conditions?: PlanConditions): readonly PlanEntry[] | undefined;
}

/** The files of a learned plan; `undefined` if its conditions differ. A condition that is `undefined` is not compared. */
export function planFor(learned: LearnedPlan | undefined, { version, address }: PlanConditions): readonly PlanEntry[] | undefined {
  const agrees = <T>(wanted: T | undefined, known: T | undefined): boolean => wanted === undefined || wanted === known;
  return learned && agrees(version, learned.version) && agrees(address, learned.address) ? learned.plan : undefined;
}
