import type { AggregateProgressInfo, PlanEntry, StateStorage } from '../core/index.js';
import { AbsentFiles, forgetAbsences, storedAbsences } from './absent-files.js';
import type { ModelDownloadOptions } from './download-options.js';
import { knownAddress } from './known-address.js';
import { learnPlan } from './learn-plan.js';
import type { LearnedConditions, LearnedPlans } from './learned-plans.js';
import { ownFiles, sourceOf, type ModelDefinition } from './model-definition.js';
import type { StoragePlace } from './storage-place.js';
import type { PlanMemory } from './transformers/plan/plan-memory.js';

/** The collaborators of a {@link ModelMemory}. */
export interface ModelMemoryContext {
  readonly options: ModelDownloadOptions;
  readonly learned: LearnedPlans;
  /** Where the facts of a load are stored; `undefined` stores none, as in a worker, whose page stores them. */
  readonly storage?: StateStorage | undefined;
}

/** What is known from earlier loads about the files of one model, and what its loads add. */
export class ModelMemory implements PlanMemory {
  readonly absent: AbsentFiles;

  readonly #modelKey: string;
  readonly #definition: ModelDefinition;
  readonly #context: ModelMemoryContext;
  /** The files of the last estimate; `undefined` without one. */
  #estimated: readonly PlanEntry[] | undefined;
  /** The version of Transformers.js; `undefined` until a load has imported it, and after `doubt()`. */
  #version: string | undefined;

  constructor(modelKey: string, definition: ModelDefinition, context: ModelMemoryContext) {
    this.#modelKey = modelKey;
    this.#definition = definition;
    this.#context = context;
    this.absent = new AbsentFiles((version) => {
      const [{ learned }, source] = [context, sourceOf(definition)];
      return learned.absences ? learned.absences(modelKey, source, version) : storedAbsences(this.#place, modelKey, source, version);
    });
  }

  /**
   * Called at the beginning of a load with the version of Transformers.js. Returns the files that the load needs; `undefined` if they
   * are unknown.
   */
  readonly recall: PlanMemory['recall'] = (version) => {
    this.#version = version;
    this.absent.open(version);
    // An estimate with the same module has found the files of this load.
    if (this.#estimated || version === undefined) return this.#estimated;
    const { address } = this.conditions;
    return this.#context.learned.recall(this.#modelKey, sourceOf(this.#definition), { version, address });
  };

  // No later load relies on a plan without a version.
  readonly doubt = (): void => void (this.#version = undefined);

  readonly forget = (): void => {
    this.absent.forget();
    forgetAbsences(this.#place, this.#modelKey);
  };

  /** Sets the files that an estimate has found. */
  expect(files: readonly PlanEntry[] | undefined): void {
    this.#estimated = files;
  }

  /** The known conditions that determine the files of the model, and the addresses of missing files. */
  get conditions(): LearnedConditions {
    const address = knownAddress(this.#definition, this.#context.options.transformers);
    return { version: this.#version, address, absent: this.absent.list };
  }

  /** The plan that is known before the loader runs. */
  get plan(): readonly PlanEntry[] | undefined {
    if (this.#estimated) return this.#estimated;
    // The version is unknown until the loader has imported Transformers.js.
    const { address } = this.conditions;
    const learned = this.#context.learned.recall(this.#modelKey, sourceOf(this.#definition), { address });
    return this.#definition.files ?? (learned && ownFiles(learned));
  }

  /** Stores the files of a successful load. */
  store(aggregate: AggregateProgressInfo | undefined): void {
    if (aggregate) learnPlan(this.#place, this.#modelKey, sourceOf(this.#definition), aggregate, this.conditions);
  }

  get #place(): StoragePlace {
    const { storage, options } = this.#context;
    return { storage, namespace: options.namespace };
  }
}
