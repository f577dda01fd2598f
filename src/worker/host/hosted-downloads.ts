import { ProgressStateManager, systemClock, type AggregateProgressInfo, type DownloadState } from '../../core/index.js';
import { describeValue } from '../../core/internal.js';
import { AppFiles, LocalDownload } from '../../model/engine.js';
import { sourceOf, withVariant, type ModelDefinition, type ModelDownloadOptions, type RecallEstimate } from '../../model/index.js';
import { StateSender } from './state-sender.js';
import { packFailure } from '../packed-failure.js';
import type { WorkerCommand, WorkerMessage, WorkerRequest } from '../messages.js';
import { HostedPlans } from './hosted-plans.js';

/** The state of a download, as it is sent to the page. */
interface StateReport {
  readonly state: DownloadState;
  readonly aggregate: AggregateProgressInfo | undefined;
}

/** The result of a request. */
type Outcome = Partial<Omit<Extract<WorkerMessage, { kind: 'answer' }>, 'kind' | 'tag' | 'to' | 'failure'>>;

/** The downloads of a worker, whose states are sent to the page. */
export class HostedDownloads {
  readonly #options: ModelDownloadOptions;
  readonly #definitions: ReadonlyMap<string, ModelDefinition>;
  readonly #onState: (modelKey: string, report: StateReport, download: LocalDownload | undefined) => void;
  readonly #states: ProgressStateManager;
  readonly #plans = new HostedPlans();
  readonly #downloads = new Map<string, LocalDownload>();
  readonly #senders = new Map<string, StateSender>();
  /** The models whose user can be asked to retry, by the last request. */
  readonly #interactive = new Set<string>();
  /** The namespace of the worker's options, or else of the page. */
  #namespace: string | undefined;
  #device: AppFiles;
  readonly #models = new Map<string, unknown>();
  readonly #waiting = new Map<string, ((model: unknown) => void)[]>();

  constructor(
    options: ModelDownloadOptions,
    definitions: ReadonlyMap<string, ModelDefinition>,
    onState: (modelKey: string, report: StateReport, download: LocalDownload | undefined) => void,
  ) {
    this.#options = options;
    this.#namespace = options.namespace;
    this.#device = new AppFiles(options);
    this.#definitions = definitions;
    this.#onState = onState;
    this.#states = new ProgressStateManager({ clock: options.clock });
  }

  /** Sets the namespace of the page, which applies unless the worker's options have one. */
  setNamespace(namespace: string | undefined): void {
    if (this.#namespace === undefined) this.#device = new AppFiles({ ...this.#options, namespace });
    this.#namespace ??= namespace;
  }

  /** Resolves with a model once it has been loaded. */
  get<T = unknown>(modelKey: string): Promise<T> {
    if (this.#models.has(modelKey)) return Promise.resolve(this.#models.get(modelKey) as T);
    return new Promise<unknown>((resolve) => this.#waiting.set(modelKey, [...(this.#waiting.get(modelKey) ?? []), resolve])) as Promise<T>;
  }

  /** Runs a request of the page. */
  async run(request: WorkerRequest): Promise<Outcome> {
    const { modelKey } = request;
    const definition = this.#definitionOf(request);
    this.#plans.set(modelKey, sourceOf(definition), request.learned);
    if (request.kind === 'storage' || request.kind === 'release') return this.#accessDevice(request.kind, modelKey, definition);
    if (request.kind === 'estimate') return this.#estimate(modelKey, definition);
    if (request.interactive) this.#interactive.add(modelKey);
    else this.#interactive.delete(modelKey);
    const download = this.#downloadOf(modelKey, definition);
    if (request.kind === 'prefetch') await download.prefetch({});
    else this.#storeModel(modelKey, await download.load({}));
    return download.planConditions;
  }

  /** Executes a command of the page, and sends the resulting state. */
  control(kind: WorkerCommand['kind'], modelKey: string, message?: string): void {
    const download = this.#downloads.get(modelKey);
    if (kind === 'cancel') download?.cancel(message);
    // If the stored files cannot be deleted, the download keeps its failure.
    else if (kind === 'restart') download?.restart().catch(() => undefined);
    else download?.[kind]();
    // The page ignores states that the worker has sent before it received the command.
    this.#senders.get(modelKey)?.flush();
  }

  /** Returns the `DownloadFailure` whose cause is the error of a rejected request, or else that error: a load rejects only with the cause. */
  failureBehind(modelKey: string, thrown: unknown): unknown {
    const failure = this.#downloads.get(modelKey)?.failure;
    return failure && failure.cause === thrown ? failure : thrown;
  }

  async #accessDevice(kind: 'storage' | 'release', modelKey: string, definition: ModelDefinition): Promise<Outcome> {
    const files = this.#device;
    const names = (definition.files ?? this.#plans.recall(modelKey, sourceOf(definition)))?.map(({ file }) => file);
    const model = { modelKey, definition, names: () => names };
    if (kind === 'storage') return { stored: await files.measure(model) };
    await this.#downloads.get(modelKey)?.release();
    this.#downloads.delete(modelKey);
    this.#models.delete(modelKey);
    await files.remove(model);
    return {};
  }

  async #estimate(modelKey: string, definition: ModelDefinition): Promise<Outcome> {
    const recall: RecallEstimate = (version, address) => this.#plans.recall(modelKey, sourceOf(definition), { version, address });
    return this.#device.estimate(modelKey, definition, recall);
  }

  #storeModel(modelKey: string, model: unknown): void {
    this.#models.set(modelKey, model);
    for (const resolve of this.#waiting.get(modelKey) ?? []) resolve(model);
    this.#waiting.delete(modelKey);
  }

  #downloadOf(modelKey: string, definition: ModelDefinition): LocalDownload {
    const known = this.#downloads.get(modelKey);
    if (known && known.definition.variant === definition.variant) return known;
    // The page has chosen another variant.
    known?.cancel();
    this.#models.delete(modelKey);
    const shared = { options: this.#options, device: this.#device, states: this.#states, learned: this.#plans };
    const download = new LocalDownload(modelKey, definition, { ...shared, interactive: () => this.#interactive.has(modelKey) });
    this.#downloads.set(modelKey, download);
    if (!this.#senders.has(modelKey)) this.#sendStates(modelKey);
    return download;
  }

  /** Returns the definition with the variant of the request: only the page stores the choice of the user. */
  #definitionOf({ modelKey, variant }: Pick<WorkerRequest, 'modelKey' | 'variant'>): ModelDefinition {
    const definition = this.#definitions.get(modelKey);
    if (!definition) throw new RangeError(`No model is defined as ${describeValue(modelKey)}`);
    return withVariant(definition, variant);
  }

  #sendStates(modelKey: string): void {
    const send = (state: DownloadState): void => {
      const download = this.#downloads.get(modelKey);
      this.#onState(modelKey, { state, aggregate: cloneable(download?.aggregate) }, download);
    };
    const sender = new StateSender(send, this.#options.clock ?? systemClock);
    this.#senders.set(modelKey, sender);
    this.#states.subscribe(modelKey, (state) => sender.update(state));
  }
}

/** Returns the same aggregate with a cloneable error: loaders may throw any value. */
function cloneable(aggregate: AggregateProgressInfo | undefined): AggregateProgressInfo | undefined {
  if (aggregate?.error === undefined) return aggregate;
  return { ...aggregate, error: packFailure(aggregate.error) };
}
