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

  /** Keeps the files of a load that has succeeded. `source` tells one definition of the key from another. */
  learn(modelKey: string, source: string, { files, totalIsExact }: AggregateProgressInfo): void {
    if (!totalIsExact) return;
    const plan = files.filter(({ file }) => !file.endsWith('.wasm')).map(({ file, total }) => ({ file, size: total }));
    try {
      this.#storage?.setItem(this.#prefix + modelKey, JSON.stringify({ source, plan }));
    } catch {
      // The next load learns it again.
    }
  }

  /** The files of the last load of this definition, or `undefined` when there was none that can be believed. */
  recall(modelKey: string, source: string): readonly PlanEntry[] | undefined {
    try {
      const value: unknown = JSON.parse(this.#storage?.getItem(this.#prefix + modelKey) ?? 'null');
      const { source: known, plan } = (value ?? {}) as { source?: unknown; plan?: unknown };
      if (known !== source || !Array.isArray(plan) || plan.length === 0) return undefined;
      return plan.every(isEntry) ? plan.map(({ file, size }) => ({ file, size })) : undefined;
    } catch {
      return undefined;
    }
  }

  forget(modelKey: string): void {
    try {
      this.#storage?.removeItem(this.#prefix + modelKey);
    } catch {
      // A storage that is blocked holds nothing.
    }
  }
}

function isEntry(value: unknown): value is { file: string; size: number } {
  const { file, size } = (value ?? {}) as { file?: unknown; size?: unknown };
  return typeof file === 'string' && file !== '' && typeof size === 'number' && Number.isSafeInteger(size) && size >= 0;
}
