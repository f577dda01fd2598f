import type { PlanEntry } from '../../core/index.js';
import { planFor, type LearnedPlan, type LearnedPlans, type PlanConditions } from '../../model/index.js';

/** The learned plans that the page has sent, in memory: a worker has no `localStorage`. */
export class HostedPlans implements LearnedPlans {
  readonly #plans = new Map<string, LearnedPlan | undefined>();

  /** Sets the plan that the page has sent. */
  set(modelKey: string, learned: LearnedPlan | undefined): void {
    this.#plans.set(modelKey, learned);
  }

  recall(modelKey: string, _source: string, conditions: PlanConditions = {}): readonly PlanEntry[] | undefined {
    return planFor(this.#plans.get(modelKey), conditions);
  }
}
