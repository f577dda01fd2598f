import type { PlanEntry } from '../../core/index.js';
import { planFor, type LearnedPlan, type LearnedPlans, type PlanConditions } from '../../model/index.js';

/** The plans that the page has learned, held for as long as the worker lives: a worker has no storage that outlives it. */
export class HostedPlans implements LearnedPlans {
  readonly #plans = new Map<string, LearnedPlan | undefined>();

  /** Holds the plan that the page sent. */
  set(modelKey: string, learned: LearnedPlan | undefined): void {
    this.#plans.set(modelKey, learned);
  }

  /** The page keeps the plan: the states that it receives name the files. */
  learn(): void {
    // Nothing here outlives the worker.
  }

  recall(modelKey: string, _source: string, conditions: PlanConditions = {}): readonly PlanEntry[] | undefined {
    return planFor(this.#plans.get(modelKey), conditions);
  }
}
