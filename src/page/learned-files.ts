import type { AggregateProgressInfo, PlanEntry, StateStorage } from '../core/index.js';

/** What a load turned out to need, kept for the next one. */
export class LearnedFiles {
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
   * @param version Of Transformers.js, where that has loaded them: another one needs other files.
   */
  learn(modelKey: string, source: string, { files, totalIsExact }: AggregateProgressInfo, version?: number): void {
    if (!totalIsExact) return;
    const plan = files.filter(({ file }) => !file.endsWith('.wasm')).map(({ file, total }) => ({ file, size: total }));
    try {
      this.#storage?.setItem(this.#prefix + modelKey, JSON.stringify({ source, version, plan }));
    } catch {
      // The next load learns it again.
    }
  }

  /** The files of the last load of this definition, by this version or by whichever, or `undefined` when there was none that can be believed. */
  recall(modelKey: string, source: string, version?: number): readonly PlanEntry[] | undefined {
    try {
      const value: unknown = JSON.parse(this.#storage?.getItem(this.#prefix + modelKey) ?? 'null');
      const { source: known, version: by, plan } = (value ?? {}) as { source?: unknown; version?: unknown; plan?: unknown };
      if (known !== source || (version !== undefined && by !== version) || !Array.isArray(plan) || plan.length === 0) return undefined;
      return plan.every(isEntry) ? plan.map(({ file, size }) => ({ file, size })) : undefined;
    } catch {
      return undefined;
    }
  }
}

function isEntry(value: unknown): value is { file: string; size: number } {
  const { file, size } = (value ?? {}) as { file?: unknown; size?: unknown };
  return typeof file === 'string' && file !== '' && typeof size === 'number' && Number.isSafeInteger(size) && size >= 0;
}
