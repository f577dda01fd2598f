import type { PlanEntry } from '../core/index.js';
import type { LearnedBy, LearnedPlans } from './model-download.js';
import { planBy } from './learned-plan.js';
import type { Learned } from './worker-messages.js';

/** What the page remembers of earlier loads, for as long as a worker lives. */
export class WorkerPlans implements LearnedPlans {
  readonly #plans = new Map<string, Learned | undefined>();

  /** Takes what the page says. */
  tell(modelKey: string, learned: Learned | undefined): void {
    this.#plans.set(modelKey, learned);
  }

  /** The page keeps the files, which it is told with the states. */
  learn(): void {
    // Nothing here outlives the worker.
  }

  recall(modelKey: string, _source: string, by: LearnedBy = {}): readonly PlanEntry[] | undefined {
    return planBy(this.#plans.get(modelKey), by);
  }
}
