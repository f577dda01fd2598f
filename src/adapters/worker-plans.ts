import type { PlanEntry } from '../core/index.js';
import type { LearnedPlans } from './model-download.js';
import type { Learned } from './worker-messages.js';

/** What the page remembers of earlier loads, for as long as a worker lives. */
export class WorkerPlans implements LearnedPlans {
  readonly #plans = new Map<string, Learned | undefined>();
  readonly #versions = new Map<string, number | undefined>();

  /** Takes what the page says. */
  tell(modelKey: string, learned: Learned | undefined): void {
    this.#plans.set(modelKey, learned);
  }

  /** The version of Transformers.js that a load has succeeded with. */
  versionOf(modelKey: string): number | undefined {
    return this.#versions.get(modelKey);
  }

  /** The page keeps the files, which it is told with the states. */
  learn(modelKey: string, _source: string, _aggregate: unknown, version?: number): void {
    this.#versions.set(modelKey, version);
  }

  recall(modelKey: string, _source: string, version?: number): readonly PlanEntry[] | undefined {
    const learned = this.#plans.get(modelKey);
    return version === undefined || learned?.version === version ? learned?.plan : undefined;
  }
}
