import { DownloadFailure, systemClock, type FetchLike, type Timer } from '../../core/index.js';
import { isTransientStatus } from '../../core/internal.js';
import { httpFailure } from '../loader/http-failure.js';
import { originalFetch, urlOf, type FetchRoute } from './fetch-hook.js';
import { absolute, modelAddress } from './model-address.js';
import { noteRuntimeRequested, takeRuntimeFile } from './early-runtime.js';
import { takeRuntimeScript } from './early-script.js';
import { fileOf } from './file-address.js';
import { nameOf } from './file-origin.js';
import { isLocalOnly } from './local-models.js';
import type { AbsentFiles } from '../absent-files.js';
import type { ModelPlan } from './plan/find-plan.js';
import { respondToProbe } from './respond-to-probe.js';
import { MissingFiles } from './missing-files.js';
import { isOptional } from './optional-files.js';
import { isDownload, isProbe } from './request-kind.js';
import { runtimeCacheOf } from './runtime-cache.js';
import { moduleAddress } from './runtime-address.js';
import { runtimeFileOf } from './runtime-name.js';
import { CONFIG, PREPROCESSOR, SharedFiles } from './shared-files.js';
import { HEADER_LIMIT, READER_LIMIT, withLimit } from '../request-limits.js';
import type { TransformersModelDefinition } from './definition.js';
import { majorVersion } from './major-version.js';
import type { TransformersModule } from './module.js';

/** External data: if it fails, `pipeline()` of versions 3 and 4 never settles. */
const EXTERNAL_DATA = /\.onnx_data(_\d+)?$/;

/** The minimum for the time limit of a second listing, in ms: the runtime's file arrives meanwhile, and the hub has responded before. */
const LEAST_LIMIT = 1_000;

/** Options of a {@link ModelRoute}. */
export interface RouteOptions {
  readonly transformers: TransformersModule;
  readonly definition: TransformersModelDefinition;
  readonly plan: ModelPlan;
  /** Fetches the files: the transfer layer, or without it the module's own `fetch`. */
  readonly download: FetchLike;
  /** As `download`, for the file of the ONNX Runtime. */
  readonly runtimeFetch: FetchLike;
  /** Called with the address when the runtime requests its file. */
  readonly onRuntimeRequest?: ((url: string) => void) | undefined;
  /** Aborts the requests that are passed through. */
  readonly signal: AbortSignal;
  /** Called with the failure of a file that Transformers.js does not report. */
  readonly onFailure: (cause: unknown) => void;
  /** Called if a file fails that may exist, although the load may succeed without it. */
  readonly onDoubt?: (() => void) | undefined;
  /** Records the files that do not exist. Default: none are recorded. */
  readonly absent?: AbsentFiles | undefined;
}

/** Handles the requests of one load for its model's files, until it is closed. */
export class ModelRoute implements FetchRoute {
  /** The small files that the plan reads too. */
  readonly shared: SharedFiles;
  /** The files that do not exist. */
  readonly missing = new MissingFiles();

  readonly #options: RouteOptions;
  readonly #version: number;
  /** The address of the revision `main`, which version 4 probes for any revision; `undefined` in other versions. */
  readonly #mainAddress: string | undefined;
  readonly #begunAt = systemClock.now();
  readonly #timers = new Set<Timer>();
  /** Files that this load is about to request. */
  readonly #awaited = new Set<string>();
  /** Resolves when the listing has arrived, or need not be waited for any more. */
  #listed: Promise<void> | undefined;
  /** The listing of the revision `main`, if the load's own is another; resolves with `undefined` if there is none. */
  #mainListed: ReturnType<ModelPlan['listOther']> | undefined;
  /** Responses whose bodies version 4 has not read, by address. */
  readonly #unread = new Map<string, Response>();

  constructor(options: RouteOptions) {
    const { transformers, definition, download } = options;
    this.#options = options;
    this.#version = majorVersion(transformers);
    this.#mainAddress = this.#version >= 4 ? modelAddress(transformers, definition.model, {}) : undefined;
    this.shared = new SharedFiles(download);
  }

  /** Whether a request is for a file of the load, or for one that version 4 waits for. */
  readonly matches = (input: RequestInfo | URL, init?: RequestInit): boolean => {
    const { plan } = this.#options;
    const url = urlOf(input);
    if (isDownload(input, init)) return nameOf(url, plan) !== undefined || this.#isRelated(url);
    return isProbe(input, init) && (fileOf(url, plan.address) !== undefined || this.#isRelated(url));
  };

  /** Whether this load is about to make a request. */
  readonly expects = (input: RequestInfo | URL): boolean => {
    const file = fileOf(urlOf(input), this.#options.plan.address);
    return file !== undefined && this.#awaited.has(file);
  };

  /** Handles an event of the load: between `initiate` and `download` Transformers.js looks the file up and requests it. */
  handleEvent(event: unknown): void {
    const { status, file } = Object(event) as { status?: unknown; file?: unknown };
    if (typeof file !== 'string') return;
    const path = file.replace(/^\//, '');
    if (status === 'initiate') this.#awaited.add(path);
    else if (status === 'download') this.#awaited.delete(path);
  }

  /** Responds to a matching request. */
  readonly fetch: FetchLike = async (input, init) => {
    const response = await this.#respond(input, init);
    this.missing.record(urlOf(input), response);
    if (isTransientStatus(response.status)) this.#options.onDoubt?.();
    this.#recordAbsence(absolute(urlOf(input)), response);
    return response;
  };

  readonly #respond: FetchLike = async (input, init) => {
    const { plan } = this.#options;
    const url = absolute(urlOf(input));
    const file = fileOf(url, plan.address);
    if (file !== undefined && !isProbe(input, init)) this.#awaited.delete(file);
    if (file === undefined && isProbe(input, init)) return this.#probeMain(url, input, init);
    if (file === undefined)
      return runtimeFileOf(url) === undefined ? this.#fetchOther(url, input, init) : this.#fetchRuntime(url, input, init);
    // `lacks()` needs the cache states, whose look-up on this device is faster than any request.
    await plan.recalled;
    if (plan.lacks(file) || (this.#isOptional(file) && plan.isGone(file))) return new Response(null, { status: 404 });
    if (isProbe(input, init)) return this.#probe(file, input, init);
    if (file === CONFIG || file === PREPROCESSOR) return this.shared.fetch(input, init);
    return EXTERNAL_DATA.test(file) ? this.#fetchData(url, input, init) : this.#download(url, input, init);
  };

  #recordAbsence(url: string, response: Response): void {
    const { absent, plan } = this.#options;
    const file = fileOf(url, plan.address);
    if (file !== undefined) absent?.record(plan.address + file, response);
  }

  /** Cancels timers and unread responses. */
  close(): void {
    for (const timer of this.#timers) systemClock.clearTimeout(timer);
    for (const response of this.#unread.values()) if (isUnread(response)) response.body?.cancel().catch(() => undefined);
  }

  /** Whether version 4 waits for a file outside of the model's address: one of the revision `main`, or the runtime's script. */
  #isRelated(url: string): boolean {
    if (this.#mainAddress === undefined) return false;
    return fileOf(url, this.#mainAddress) !== undefined || absolute(url) === moduleAddress(this.#options.transformers);
  }

  #isOptional(file: string): boolean {
    return isOptional(file, this.#version, this.#options.definition.task);
  }

  /** Responds to version 4's probe for the size of a file. */
  async #probe(file: string, input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const { plan } = this.#options;
    // The listing was requested together with the first file, which has arrived by now. The listing may take as long again.
    this.#listed ??= plan.listed(systemClock.now() - this.#begunAt);
    if (plan.sizeOf(file) === undefined) await this.#listed;
    return respondToProbe(file, plan.sizeOf(file)) ?? this.#passThrough(input, init);
  }

  /** As {@link #probe}, for a file of the revision `main`: one listing takes the place of a probe for each file. */
  async #probeMain(url: string, input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const { plan } = this.#options;
    const address = this.#mainAddress;
    const file = address && fileOf(url, address);
    if (!address || file === undefined) return this.#passThrough(input, init);
    const elapsed = systemClock.now() - this.#begunAt;
    this.#listed ??= plan.listed(elapsed);
    await this.#listed;
    this.#mainListed ??= plan.listOther(address, Math.max(elapsed, LEAST_LIMIT));
    const listed = await this.#mainListed;
    return respondToProbe(file, listed?.get(file)?.size) ?? this.#passThrough(input, init);
  }

  async #fetchOther(url: string, input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    return (await takeRuntimeScript(this.#options.transformers, url, input, init)) ?? this.#passThrough(input, init);
  }

  /** Makes a request with the module's own `fetch`, within a limit, since the load waits for it. */
  #passThrough(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const request = originalFetch(this.#options.transformers);
    const signals = [this.#options.signal, init?.signal];
    return withLimit(HEADER_LIMIT, (signal) => request(input, { ...init, signal }), signals);
  }

  async #download(url: string, input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const { transformers, definition, download } = this.#options;
    if (this.#version < 4 || !isLocalOnly(transformers, definition.options)) return download(input, init);
    // Version 4 first requests a local file only to see that it exists, and does not read that response.
    const left = this.#unread.get(url);
    const response = left && isUnread(left) ? new Response(left.body, left) : await download(input, init);
    this.#unread.set(url, response);
    return response;
  }

  async #fetchData(url: string, input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const { onFailure } = this.#options;
    try {
      const response = await this.#download(url, input, init);
      if (!response.ok) onFailure(httpFailure(response, url));
      else if (!this.#unread.has(url)) this.#expectReader(response, url);
      return response;
    } catch (cause) {
      onFailure(cause);
      throw cause;
    }
  }

  /** Reports a response that is never read: if a file does not fit in memory, Transformers.js swallows the error. */
  #expectReader(response: Response, url: string): void {
    const timer = systemClock.setTimeout(() => {
      if (!isUnread(response)) return;
      this.#options.onFailure(new DownloadFailure('runtime', `Transformers.js has not read ${url}: there may be too little memory`));
    }, READER_LIMIT);
    this.#timers.add(timer);
  }

  async #fetchRuntime(url: string, input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const { transformers, runtimeFetch } = this.#options;
    noteRuntimeRequested(transformers, url);
    this.#options.onRuntimeRequest?.(url);
    const early = await takeRuntimeFile(transformers, url, input, init);
    if (early) return early;
    // Versions 2 and 3 do not look into the cache in which a prefetch has stored the file.
    const kept = await runtimeCacheOf(transformers)?.match(url);
    if (!kept) return runtimeFetch(input, init);
    const headers = new Headers(kept.headers);
    // With another type the browser cannot compile the file while it arrives, and the runtime fetches it a second time.
    headers.set('Content-Type', 'application/wasm');
    return new Response(kept.body, { headers });
  }
}

function isUnread({ body, bodyUsed }: Response): boolean {
  return body !== null && !bodyUsed && !body.locked;
}
