import type { PlanEntry } from '../core/index.js';

/** The conditions that determine, with its definition, which files a model has. */
export interface PlanConditions {
  /**
   * The version of Transformers.js, such as `4.3.1`; `undefined` for a model with its own loader, and before the import of the
   * module.
   */
  readonly version?: string | undefined;
  /** The common start of the addresses of its files: host, path and revision; `undefined` as for `version`. */
  readonly address?: string | undefined;
}

/** The conditions of a completed load, and what it has found to be missing. */
export interface LearnedConditions extends PlanConditions {
  /** The addresses of optional files that the server has reported as missing. Default: none. */
  readonly absent?: readonly string[] | undefined;
}

/** The files of a load, and its conditions. */
export interface LearnedPlan {
  /** As in {@link PlanConditions}. */
  readonly version: string | undefined;
  /** As in {@link PlanConditions}. */
  readonly address: string | undefined;
  readonly plan: readonly PlanEntry[];
  /** As in {@link LearnedConditions}. */
  readonly absent?: readonly string[] | undefined;
}

/** The files of earlier loads, for the next ones. */
export interface LearnedPlans {
  /** The files of the last load of this definition; `undefined` if there was none, or its conditions differ. */
  recall(modelKey: string, source: string, conditions?: PlanConditions): readonly PlanEntry[] | undefined;
  /**
   * The addresses that the last load of this definition has found to be missing; none if it used another version. Default: those in the
   * page's persistent storage.
   */
  absences?(modelKey: string, source: string, version: string): readonly string[];
}

/** The files of a learned plan; `undefined` if its conditions differ. A condition that is `undefined` is not compared. */
export function planFor(learned: LearnedPlan | undefined, { version, address }: PlanConditions): readonly PlanEntry[] | undefined {
  const agrees = <T>(wanted: T | undefined, known: T | undefined): boolean => wanted === undefined || wanted === known;
  return learned && agrees(version, learned.version) && agrees(address, learned.address) ? learned.plan : undefined;
}
