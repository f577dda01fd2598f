import type { ProgressInfo } from '../../core/index.js';
import type { RemoteRun } from './remote-run.js';

/** The kind of a run: `load` starts the model, `prefetch` only downloads its files. */
export type RunKind = 'load' | 'prefetch';

/** The runs of one model in its worker, at most one of each kind. */
export class RemoteRuns {
  readonly #runs = new Map<RunKind, RemoteRun>();

  get isEmpty(): boolean {
    return this.#runs.size === 0;
  }

  /** Whether a run has not ended. */
  get isPending(): boolean {
    return this.#pending.length > 0;
  }

  /** Whether runs are pending, and none of them has a caller. */
  get isAbandoned(): boolean {
    return this.isPending && this.#pending.every(({ isLeft }) => isLeft);
  }

  get(kind: RunKind): RemoteRun | undefined {
    return this.#runs.get(kind);
  }

  set(kind: RunKind, run: RemoteRun): void {
    this.#runs.set(kind, run);
  }

  /** Removes a run, unless another one has replaced it. */
  drop(kind: RunKind, run: RemoteRun): void {
    if (this.#runs.get(kind) === run) this.#runs.delete(kind);
  }

  /** Removes a completed load. Returns whether there was one. */
  dropLoaded(): boolean {
    return this.#runs.get('load')?.isLoaded === true && this.#runs.delete('load');
  }

  /** Stops and removes the runs that have not ended. */
  stop(message: string): void {
    for (const [kind, run] of this.#runs) {
      if (run.isLoaded) continue;
      this.#runs.delete(kind);
      run.stop(message);
    }
  }

  clear(): void {
    this.#runs.clear();
  }

  /** Reports progress to all callers. */
  report(info: ProgressInfo): void {
    for (const { callers } of this.#runs.values()) callers.notify(info);
  }

  get #pending(): readonly RemoteRun[] {
    return [...this.#runs.values()].filter(({ isLoaded }) => !isLoaded);
  }
}
