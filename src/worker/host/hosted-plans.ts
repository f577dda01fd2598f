import type { PlanEntry } from '../../core/index.js';
import { planFor, type LearnedPlan, type LearnedPlans, type PlanConditions } from '../../model/index.js';

/** The learned plans that the page has sent, in memory: a worker has no `localStorage`. */
export class HostedPlans implements LearnedPlans {
  readonly #plans = new Map<string, LearnedPlan | undefined>();

  /** Sets the plan that the page has sent. @param source Identifies the definition: variants of a model have different plans. */
  set(modelKey: string, source: string, learned: LearnedPlan | undefined): void {
    this.#plans.set(keyOf(modelKey, source), learned);
  }

  recall(modelKey: string, source: string, conditions: PlanConditions = {}): readonly PlanEntry[] | undefined {
    return planFor(this.#plans.get(keyOf(modelKey, source)), conditions);
  }

  absences(modelKey: string, source: string, version: string): readonly string[] {
    const learned = this.#plans.get(keyOf(modelKey, source));
    return learned?.version === version ? (learned.absent ?? []) : [];
  }
}

function keyOf(modelKey: string, source: string): string {
  return JSON.stringify([modelKey, source]);
}
