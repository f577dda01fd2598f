import { planBy, type Learned, type LearnedBy, type LearnedPlans } from '../adapters/index.js';
import type { AggregateProgressInfo, PlanEntry, StateStorage } from '../core/index.js';

/** What a load turned out to need, kept for the next one. */
export class LearnedFiles implements LearnedPlans {
  readonly #storage: StateStorage | undefined;
  readonly #prefix: string;

  /** @param namespace Put before every storage key, with a colon. */
  constructor(storage: StateStorage | undefined, namespace: string | undefined) {
    this.#storage = storage;
    this.#prefix = `${namespace ? `${namespace}:` : ''}download_files_`;
  }

  /**
   * Keeps the files of a load that has succeeded.
   *
   * @param source Tells one definition of the key from another.
   * @param by Another version of Transformers.js needs other files, and another address has other sizes.
   */
  learn(modelKey: string, source: string, { files, totalIsExact }: AggregateProgressInfo, { version, address }: LearnedBy = {}): void {
    if (!totalIsExact) return;
    const plan = files.map(({ file, total }) => ({ file, size: total }));
    try {
      this.#storage?.setItem(this.#prefix + modelKey, JSON.stringify({ source, version, address, plan }));
    } catch {
      // The next load learns it again.
    }
  }

  /** The files of the last load of this definition; `undefined` when there was none that can be believed, or `by` says that it was another. */
  recall(modelKey: string, source: string, by: LearnedBy = {}): readonly PlanEntry[] | undefined {
    return planBy(this.latest(modelKey, source), by);
  }

  /** The files of the last load of this definition with what decided them, or `undefined` as for `recall()`. */
  latest(modelKey: string, source: string): Learned | undefined {
    try {
      const value: unknown = JSON.parse(this.#storage?.getItem(this.#prefix + modelKey) ?? 'null');
      const { source: known, version: by, address: at, plan } = (value ?? {}) as Partial<Record<'source' | 'version' | 'address' | 'plan', unknown>>;
      if (known !== source || !Array.isArray(plan) || plan.length === 0 || !plan.every(isEntry)) return undefined;
      const version = typeof by === 'number' ? by : undefined;
      const address = typeof at === 'string' ? at : undefined;
      return { version, address, plan: plan.map(({ file, size }) => ({ file, size })) };
    } catch {
      return undefined;
    }
  }
}

function isEntry(value: unknown): value is { file: string; size: number } {
  const { file, size } = (value ?? {}) as { file?: unknown; size?: unknown };
  return typeof file === 'string' && file !== '' && typeof size === 'number' && Number.isSafeInteger(size) && size >= 0;
}
