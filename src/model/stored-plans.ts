import type { PlanEntry, StateStorage } from '../core/index.js';
import { attempt, fieldsOf, readBytes, storagePrefix } from '../core/internal.js';
import { planFor, type LearnedPlan, type LearnedPlans, type PlanConditions } from './learned-plans.js';

/** Learned plans in the page's persistent storage. */
export class StoredPlans implements LearnedPlans {
  readonly #storage: StateStorage | undefined;
  readonly #prefix: string;

  /** @param namespace Prefix of every storage key, followed by a colon; `undefined` for none. */
  constructor(storage: StateStorage | undefined, namespace: string | undefined) {
    this.#storage = storage;
    this.#prefix = plansPrefix(namespace);
  }

  /** The files of the last load of this definition; `undefined` if none is stored in a valid form, or its conditions differ. */
  recall(modelKey: string, source: string, conditions: PlanConditions = {}): readonly PlanEntry[] | undefined {
    return planFor(this.latest(modelKey, source), conditions);
  }

  /** The plan of the last load of this definition with its conditions; `undefined` if none is stored in a valid form. */
  latest(modelKey: string, source: string): LearnedPlan | undefined {
    const value = attempt((): unknown => JSON.parse(this.#storage?.getItem(this.#prefix + modelKey) ?? 'null'));
    const { source: known, version: by, address: at, plan } = fieldsOf(value);
    if (known !== source || !Array.isArray(plan) || plan.length === 0 || !plan.every(isEntry)) return undefined;
    const version = typeof by === 'string' ? by : undefined;
    const address = typeof at === 'string' ? at : undefined;
    return { version, address, plan: plan.map(({ file, size }) => ({ file, size })) };
  }
}

function isEntry(value: unknown): value is { file: string; size: number } {
  const { file, size } = fieldsOf(value);
  return typeof file === 'string' && file !== '' && size !== undefined && readBytes(size) === size;
}

/** The common start of the storage keys of learned plans. */
export function plansPrefix(namespace: string | undefined): string {
  return storagePrefix(namespace, 'download_files');
}
