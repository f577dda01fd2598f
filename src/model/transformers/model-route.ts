import { classifyFailure, DownloadFailure, systemClock, type FailureCode, type FetchLike, type Timer } from '../../core/index.js';
import { codeOfStatus } from '../../core/internal.js';
import { originalFetch, urlOf, type FetchRoute } from './fetch-hook.js';
import { absolute, fileOf, modelAddress, runtimeFileOf } from './model-address.js';
import { isLocalOnly } from './local-models.js';
import type { ModelPlan } from './plan/find-plan.js';
import type { FileOrigin } from '../loader/model-transfer.js';
import { isOptional } from './optional-files.js';
import { isDownload, isProbe } from './request-kind.js';
import { runtimeCacheOf } from './runtime-cache.js';
import { moduleAddress } from './runtime-address.js';
import { CONFIG, PREPROCESSOR, SharedFiles } from './shared-files.js';
import { HEADER_LIMIT, withLimit } from '../time-limit.js';
import type { TransformersModelDefinition } from './definition.js';
import { majorVersion, type TransformersModule } from './module.js';

/** Files whose failure versions 3 and 4 swallow: `pipeline()` then never settles. */
const EXTERNAL_DATA = /\.onnx_data(_\d+)?$/;

/** Where the files of a model come from, and where they go. */
export function originOf(transformers: TransformersModule, { model, task }: TransformersModelDefinition, plan: ModelPlan): FileOrigin {
  const version = majorVersion(transformers);
  return {
    name: model,
    fetch: originalFetch(transformers),
    fileOf: (url) => nameOf(url, plan) ?? url,
    cache: runtimeCacheOf(transformers),
    lookUp: plan.lookUp,
    passesErrors: (url) => isOptional(fileOf(url, plan.address) ?? '', version, task),
  };
}

/** What the requests of one load are answered with. */
export interface RouteOptions {
  readonly transformers: TransformersModule;
  readonly definition: TransformersModelDefinition;
  readonly plan: ModelPlan;
  /** Fetches the files: the transfer layer, or where there is none the module's own `fetch`. */
  readonly download: FetchLike;
  /** Ends the requests that pass when it aborts. */
  readonly signal: AbortSignal;
  /** Called with what went wrong with a file whose failure Transformers.js would not tell of. */
  readonly onFailure: (cause: unknown) => void;
}

/** The way that a load's requests for its model's files take, until it is closed. */
export class ModelRoute implements FetchRoute {
  /** The small files that our plan reads too. */
  readonly shared: SharedFiles;

  readonly #options: RouteOptions;
  readonly #version: number;
  /** Version 4 looks at the files of `main` whatever revision it loads. */
  readonly #mainAddress: string | undefined;
  readonly #timers = new Set<Timer>();
  /** Files that this load is about to ask for. */
  readonly #awaited = new Set<string>();
  /** Whether the hub has said of a file, of its revision or of the model that it does not exist. */
  #isMissing = false;
  /** Answers that version 4 has looked at and not read, by their addresses. */
  readonly #unread = new Map<string, Response>();

  constructor(options: RouteOptions) {
    const { transformers, definition, download } = options;
    this.#options = options;
    this.#version = majorVersion(transformers);
    this.#mainAddress = this.#version >= 4 ? modelAddress(transformers, definition.model, {}) : undefined;
    this.shared = new SharedFiles(download);
  }

  readonly matches = (input: RequestInfo | URL, init?: RequestInit): boolean => {
    const { plan } = this.#options;
    const url = urlOf(input);
    if (isDownload(input, init)) return nameOf(url, plan) !== undefined || this.#isBeside(url);
    return isProbe(input, init) && (fileOf(url, plan.address) !== undefined || this.#isBeside(url));
  };

  readonly expects = (input: RequestInfo | URL): boolean => {
    const file = fileOf(urlOf(input), this.#options.plan.address);
    return file !== undefined && this.#awaited.has(file);
  };

  /** Hears an event of the load: between these two it looks for the file, and asks for it where it is not here. */
  hear(event: unknown): void {
    const { status, file } = Object(event) as { status?: unknown; file?: unknown };
    if (typeof file !== 'string') return;
    const path = file.replace(/^\//, '');
    if (status === 'initiate') this.#awaited.add(path);
    else if (status === 'download') this.#awaited.delete(path);
  }

  readonly fetch: FetchLike = async (input, init) => {
    const response = await this.#answer(input, init);
    if (!response.ok && codeOf(response) === 'not-found') this.#isMissing = true;
    return response;
  };

  /** What a load has failed with, as the hub explains it: Transformers.js passes the status on, and no header. */
  explain(cause: unknown): unknown {
    const { code, message, httpStatus } = classifyFailure(cause);
    if (code !== 'unauthorized' || !this.#isMissing) return cause;
    return new DownloadFailure('not-found', message, { cause, httpStatus });
  }

  readonly #answer: FetchLike = async (input, init) => {
    const { plan } = this.#options;
    const url = absolute(urlOf(input));
    const file = fileOf(url, plan.address);
    if (file !== undefined && !isProbe(input, init)) this.#awaited.delete(file);
    if (file === undefined) return runtimeFileOf(url) === undefined ? this.#pass(input, init) : this.#fetchRuntime(url, input, init);
    if (plan.lacks(file) || (this.#isOptional(file) && plan.isGone(file))) return new Response(null, { status: 404 });
    if (isProbe(input, init)) return answerProbe(file, plan.sizeOf(file)) ?? this.#pass(input, init);
    if (file === CONFIG || file === PREPROCESSOR) return this.shared.fetch(input, init);
    return EXTERNAL_DATA.test(file) ? this.#fetchData(url, input, init) : this.#download(url, input, init);
  };

  /** Ends what has no reader any more. */
  close(): void {
    for (const timer of this.#timers) systemClock.clearTimeout(timer);
    for (const response of this.#unread.values()) if (isUnread(response)) void response.body?.cancel();
  }

  /** Whether version 4 waits for a file that is none of the load's: one of the main revision, or the runtime's script. */
  #isBeside(url: string): boolean {
    if (this.#mainAddress === undefined) return false;
    return fileOf(url, this.#mainAddress) !== undefined || absolute(url) === moduleAddress(this.#options.transformers);
  }

  #isOptional(file: string): boolean {
    return isOptional(file, this.#version, this.#options.definition.task);
  }

  /** A request that passes, and that the load waits for. */
  #pass(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const request = originalFetch(this.#options.transformers);
    const signals = [this.#options.signal, init?.signal];
    return withLimit(HEADER_LIMIT, (signal) => request(input, { ...init, signal }), signals);
  }

  async #download(url: string, input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const { transformers, definition, download } = this.#options;
    if (this.#version < 4 || !isLocalOnly(transformers, definition.options)) return download(input, init);
    // Version 4 asks for a local file once to see that it is there, and does not read that answer.
    const left = this.#unread.get(url);
    const response = left && isUnread(left) ? new Response(left.body, left) : await download(input, init);
    this.#unread.set(url, response);
    return response;
  }

  async #fetchData(url: string, input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const { onFailure } = this.#options;
    try {
      const response = await this.#download(url, input, init);
      const { ok, status: httpStatus } = response;
      if (!ok) onFailure(new DownloadFailure(codeOf(response), `HTTP ${httpStatus}: ${url}`, { httpStatus }));
      else if (!this.#unread.has(url)) this.#expectReader(response, url);
      return response;
    } catch (cause) {
      onFailure(cause);
      throw cause;
    }
  }

  /** Where there is no memory for a file, Transformers.js throws before it reads, and does not tell of it. */
  #expectReader(response: Response, url: string): void {
    const timer = systemClock.setTimeout(() => {
      if (!isUnread(response)) return;
      this.#options.onFailure(new DownloadFailure('runtime', `Transformers.js does not read ${url}: there may be too little memory`));
    }, HEADER_LIMIT);
    this.#timers.add(timer);
  }

  async #fetchRuntime(url: string, input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const { transformers, download } = this.#options;
    // Versions 2 and 3 do not look for it where a prefetch has put it.
    const kept = await runtimeCacheOf(transformers)?.match(url);
    if (!kept) return download(input, init);
    const headers = new Headers(kept.headers);
    // Else it is not compiled as it comes, and fetched a second time.
    headers.set('Content-Type', 'application/wasm');
    return new Response(kept.body, { headers });
  }
}

/** A model's file by its path inside the model, or a runtime's file by its name; `undefined` for any other address. */
function nameOf(url: string, { address }: ModelPlan): string | undefined {
  return fileOf(url, address) ?? runtimeFileOf(url);
}

function codeOf({ status, headers }: Response): FailureCode {
  return codeOfStatus(status, headers.get('X-Error-Code'));
}

function isUnread({ body, bodyUsed }: Response): boolean {
  return body !== null && !bodyUsed && !body.locked;
}

/** What a server would answer to a request for the first byte of a file of which only the size is wanted. */
function answerProbe(file: string, size: number | undefined): Response | undefined {
  // An empty file has no first byte; and by these two version 4 decides what it loads, which the server alone knows.
  if (!size || /^(tokenizer|preprocessor)_config\.json$/.test(file)) return undefined;
  const type = file.endsWith('.json') ? 'application/json' : 'application/octet-stream';
  const headers = { 'Content-Range': `bytes 0-0/${size}`, 'Content-Length': '1', 'Content-Type': type };
  return new Response(new Uint8Array(1), { status: 206, headers });
}
