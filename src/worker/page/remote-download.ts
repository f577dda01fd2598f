import { storeVariant, watchSpeed, type DownloadHandle, type ModelDefinition } from '../../model/index.js';
import type { WorkerCommand, WorkerMessage } from '../messages.js';
import { unpackFailure } from '../packed-failure.js';
import { classifyFailure, type AggregateProgressInfo, type DownloadCaller, type DownloadFailure } from '../../core/index.js';
import { isActive, NO_ACTIONS, ProgressCallers, QueueSlot, toProgressInfo } from '../../core/internal.js';
import { mirrorAggregate, mirrorState } from './mirror-state.js';
import { RemotePause } from './remote-pause.js';
import { RemoteRun } from './remote-run.js';
import { recordAnswer } from './record-answer.js';
import { RemoteRuns, type RunKind } from './remote-runs.js';
import { requestedModel } from './requested-model.js';
import type { WorkerProvider } from './worker-provider.js';
import { WorkerReplacement } from './worker-replacement.js';

/** The download of a model by a worker. A load resolves with the worker that has the model. */
export class RemoteDownload implements DownloadHandle {
  readonly definition: ModelDefinition;

  readonly #modelKey: string;
  readonly #link: WorkerProvider;
  readonly #slot: QueueSlot;
  readonly #pause: RemotePause;
  readonly #replacement: WorkerReplacement;
  readonly #runs = new RemoteRuns();
  #kind: RunKind = 'load';
  #aggregate: AggregateProgressInfo | undefined;
  #isFollowing = false;
  /** The `seq` of the last message about this download: states from before it are out of date. */
  #seq = 0;

  constructor(modelKey: string, definition: ModelDefinition, link: WorkerProvider) {
    this.#modelKey = modelKey;
    this.definition = definition;
    this.#link = link;
    this.#slot = new QueueSlot(link.options.queue);
    const { states } = link.options;
    this.#pause = new RemotePause({ modelKey, states, slot: this.#slot, send: (kind) => this.#send(kind) });
    this.#replacement = new WorkerReplacement(link);
  }

  get aggregate(): AggregateProgressInfo | undefined {
    return this.#aggregate;
  }

  get isRunning(): boolean {
    return !this.#runs.isEmpty;
  }

  get isFollowing(): boolean {
    return this.#isFollowing;
  }

  get keepsBytes(): boolean {
    return this.#link.keepsBytes;
  }

  load(caller: DownloadCaller): Promise<unknown> {
    return this.#join('load', caller);
  }

  async prefetch(caller: DownloadCaller): Promise<void> {
    // A running load downloads all files.
    await this.#join(this.#runs.get('load') ? 'load' : 'prefetch', caller);
  }

  expect(): void {
    // The worker made the estimate itself, and uses it for its loads.
  }

  pause(): void {
    if (this.#runs.isPending) this.#pause.pause();
  }

  resume(): void {
    if (this.#runs.isPending) this.#pause.resume();
  }

  cancel(message = 'The download was cancelled.'): void {
    if (!this.#runs.isPending) return;
    this.#send('cancel', message);
    this.#slot.release();
    // The runs are stopped before the listeners of the state are notified: a listener may load again immediately.
    this.#runs.stop(message);
    this.#link.options.states.cancelDownload(this.#modelKey, { can: { ...NO_ACTIONS, retry: true } });
  }

  retry(): void {
    if (this.#replacement.proceed()) return;
    if (this.#runs.isPending) this.#send('retry');
    // No caller waits for this load; its state shows how it ends.
    else if (!this.isRunning) this.#join(this.#kind, {}).catch(() => undefined);
  }

  async restart(): Promise<void> {
    this.#link.options.states.deleteStored(this.#modelKey);
    if (this.#replacement.isAwaitingUser) {
      await this.#clearDevice();
      this.#replacement.proceed();
    } else if (this.#runs.isPending) this.#send('restart');
    else if (!this.isRunning) {
      await this.#clearDevice();
      this.retry();
    }
  }

  async release(): Promise<void> {
    this.cancel();
    this.#runs.clear();
    await this.#clearDevice();
  }

  suspend(): void {
    this.#send('suspend');
  }

  wake(): void {
    this.#send('wake');
  }

  /** Applies a state of the worker, unless the worker sent it before it received the page's last message. */
  applyState({ state, aggregate, isFollowing, seen }: Extract<WorkerMessage, { kind: 'state' }>): void {
    // Only the page cancels a download. It has already applied the state `cancelled`, and may have started another load.
    if (seen < this.#seq || (state.status === 'cancelled' && this.#runs.isPending)) return;
    this.#isFollowing = isFollowing;
    this.#aggregate = aggregate && mirrorAggregate(aggregate);
    const { status, failureCode } = state;
    // While the user decides, another download may use the slot.
    if (isActive(status) && status !== 'paused' && this.#runs.isPending) this.#slot.acquireAtOnce();
    else this.#slot.release();
    const needsReplacement = status === 'failed' && failureCode === 'runtime' && this.#link.canReplace;
    // A listener of the state may retry before the `answer` to the load arrives.
    if (needsReplacement && this.#replacement.isPossible) void this.#replacement.waitForUser();
    mirrorState(this.#link.options.states, needsReplacement ? { ...state, ...this.#replacement.offer(state) } : state);
    if (aggregate) this.#runs.report(toProgressInfo(aggregate, this.#modelName));
  }

  /** Resets a completed download after the end of the worker, which had the model. Pending requests reject by themselves. */
  handleWorkerEnd(): void {
    if (!this.#runs.dropLoaded()) return;
    const { states } = this.#link.options;
    states.resetDownload(this.#modelKey, { cached: states.getState(this.#modelKey)?.kept });
  }

  get #modelName(): string {
    return this.definition.name ?? this.#modelKey;
  }

  async #join(kind: RunKind, caller: DownloadCaller): Promise<unknown> {
    caller.signal?.throwIfAborted();
    const run = this.#runs.get(kind) ?? this.#startRun(kind);
    run.isLeft = false;
    return run.callers.join(caller, run.result);
  }

  #startRun(kind: RunKind): RemoteRun {
    this.#link.options.beforeLoad(this.#modelKey);
    const isFirst = !this.isRunning;
    const run: RemoteRun = new RemoteRun(
      new ProgressCallers(this.#link.options.clock, () => {
        run.isLeft = true;
        this.#cancelIfLeft();
      }),
    );
    this.#kind = kind;
    if (isFirst) this.#pause.isDue = false;
    this.#runs.set(kind, run);
    run.follow(this.#run(kind, run, isFirst));
    return run;
  }

  /** Cancels the download when the callers of all runs have left: a load and a prefetch share the files. */
  #cancelIfLeft(): void {
    if (this.#runs.isAbandoned) this.cancel();
  }

  async #run(kind: RunKind, run: RemoteRun, isFirst: boolean): Promise<unknown> {
    this.#replacement.reset();
    if (isFirst) this.#start();
    const stopWatching = watchSpeed(this.#link.options.states, this.#modelKey, this.#link.options);
    try {
      for (;;) {
        try {
          const worker = await Promise.race([this.#request(kind, run), run.stopped]);
          run.isLoaded = kind === 'load';
          return worker;
        } catch (error) {
          await this.#recover(classifyFailure(error), run);
          this.#start();
        }
      }
    } finally {
      stopWatching();
      if (!run.isLoaded) this.#runs.drop(kind, run);
      this.#cancelIfLeft();
      this.#replacement.stopWaiting();
      if (!this.#runs.isPending) this.#slot.release();
    }
  }

  #start(): void {
    const can = { ...NO_ACTIONS, cancel: true };
    const { variant } = this.definition;
    if (variant !== undefined) storeVariant(this.#link.options, this.#modelKey, variant);
    this.#link.options.states.startDownload(this.#modelKey, { modelName: this.#modelName, can });
  }

  /** Requests the worker to delete the model's files; starts a new worker if it has ended. */
  async #clearDevice(): Promise<void> {
    const connection = await this.#link.open();
    const request = { kind: 'release', ...requestedModel(this.#link.options, this.#modelKey, this.definition) } as const;
    const { failure } = await connection.request(request, (seq) => (this.#seq = seq));
    if (failure) throw unpackFailure(failure);
  }

  async #request(kind: RunKind, run: RemoteRun): Promise<Worker> {
    const model = requestedModel(this.#link.options, this.#modelKey, this.definition);
    await this.#slot.acquire();
    run.throwIfStopped();
    const connection = await this.#link.open();
    run.throwIfStopped();
    const request = { kind, ...model, interactive: this.#link.options.interactive() };
    const answer = connection.request(request, (seq) => (this.#seq = seq));
    // The download was paused before the worker had a load to pause.
    if (this.#pause.isDue) this.#send('pause');
    recordAnswer(this.#link.options, this, { modelKey: this.#modelKey, kind }, await answer);
    return connection.worker;
  }

  /** Waits for the user if a new worker may help. @throws The failure if it cannot help. */
  async #recover(failure: DownloadFailure, run: RemoteRun): Promise<void> {
    if (this.#link.isReplacement(failure)) return;
    if (failure.code !== 'runtime') throw failure;
    this.#link.markFailed();
    const { states, interactive } = this.#link.options;
    // Without effect if the worker has sent this state already.
    states.failDownload(this.#modelKey, failure, this.#replacement.offer(states.getState(this.#modelKey)));
    if (!interactive() || !this.#replacement.isPossible) throw failure;
    this.#slot.release();
    await Promise.race([this.#replacement.waitForUser(), run.stopped]);
    this.#replacement.countReplacement();
    this.#slot.acquireAtOnce();
  }

  #send(kind: WorkerCommand['kind'], message?: string): void {
    const connection = this.#link.current;
    if (connection) this.#seq = connection.send({ kind, modelKey: this.#modelKey, message });
  }
}
