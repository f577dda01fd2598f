// The running request for the ONNX Runtime's file. All loads of a module wait for one runtime, and the request outlives the
// load that has made it: after a cancel the next load shows the rest of it.
import type { FileProgressReport } from '../../transfer/internal.js';
import type { TransformersModule } from './module.js';
import { runtimeFileOf } from './runtime-name.js';

/** Receives the progress of the file at an address. */
type ProgressListener = (url: string, progress: FileProgressReport) => void;

interface RunningRequest {
  readonly url: string;
  readonly progress: FileProgressReport;
  /** The load that has made it. */
  readonly owner: object;
}

/** The runtime's request of one module, and the loads that wait for it. */
export class SharedRuntime {
  /** The loads that run, in the order of their starts. */
  readonly #loads = new Map<object, ProgressListener>();
  #request: RunningRequest | undefined;

  /**
   * Adds a load, identified by `load`. If the load that has made the running request has ended, the first of the other loads receives
   * the progress. Returns a function that removes the load.
   */
  join(load: object, listener: ProgressListener): () => void {
    this.#loads.set(load, listener);
    this.#pass();
    return () => {
      this.#loads.delete(load);
      this.#pass();
    };
  }

  /** Whether the file belongs to the total of another load, which has begun earlier. */
  isCountedBefore(load: object): boolean {
    const [first] = this.#loads.keys();
    return first !== undefined && first !== load;
  }

  /** Reports the progress of a request that `owner` has made. While the owner runs, no other load receives it. */
  report(owner: object, url: string, progress: FileProgressReport): void {
    this.#request = { owner, url, progress };
    this.#pass();
    if (progress.phase === 'done' || progress.phase === 'absent') this.#request = undefined;
  }

  /** Called when the request has failed for good or was stopped, or when the runtime has started. */
  end(): void {
    this.#request = undefined;
  }

  /** The file of a request whose load has ended, for which the next load waits; `undefined` if there is none. */
  get left(): { readonly file: string | undefined; readonly size: number | undefined } | undefined {
    const request = this.#request;
    return request && !this.#loads.has(request.owner) ? { file: runtimeFileOf(request.url), size: request.progress.total } : undefined;
  }

  #pass(): void {
    const request = this.#request;
    if (!request || this.#loads.has(request.owner)) return;
    const [heir] = this.#loads.values();
    heir?.(request.url, request.progress);
  }
}

/** Settings of a module → its runtime's request. */
const runtimes = new WeakMap<object, SharedRuntime>();

/** The runtime's request of a module. */
export function sharedRuntime({ env }: TransformersModule): SharedRuntime {
  const runtime = runtimes.get(env) ?? new SharedRuntime();
  runtimes.set(env, runtime);
  return runtime;
}
