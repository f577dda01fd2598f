import type { ProgressInfo } from '../../core/index.js';
import type { RemoteRun } from './remote-run.js';

/** What a page asks of a worker's model: to run, or only to be on the device. */
export type RunKind = 'load' | 'prefetch';

/** The runs of one model in its worker, at most one of each kind. */
export class RemoteRuns {
  readonly #runs = new Map<RunKind, RemoteRun>();

  get isEmpty(): boolean {
    return this.#runs.size === 0;
  }

  /** Whether one of them has not ended. */
  get isPending(): boolean {
    return [...this.#runs.values()].some(({ isDone }) => !isDone);
  }

  get(kind: RunKind): RemoteRun | undefined {
    return this.#runs.get(kind);
  }

  set(kind: RunKind, run: RemoteRun): void {
    this.#runs.set(kind, run);
  }

  /** Drops a run, unless another has taken its place. */
  drop(kind: RunKind, run: RemoteRun): void {
    if (this.#runs.get(kind) === run) this.#runs.delete(kind);
  }

  /** Drops the load of a model that can be used. Returns whether there was one. */
  dropLoaded(): boolean {
    return this.#runs.get('load')?.isDone === true && this.#runs.delete('load');
  }

  /** Stops and drops those that have not ended. */
  stop(message: string): void {
    for (const [kind, run] of this.#runs) {
      if (run.isDone) continue;
      this.#runs.delete(kind);
      run.stop(message);
    }
  }

  clear(): void {
    this.#runs.clear();
  }

  /** Tells every caller how far the model is. */
  report(info: ProgressInfo): void {
    for (const { callers } of this.#runs.values()) callers.tell(info);
  }
}
