import { systemClock, type Clock, type FetchLike, type Timer } from '../../core/index.js';
import type { DownloadFetch } from '../../transfer/internal.js';
import { isRoutable, urlOf } from './fetch-hook.js';
import { absolute } from './model-address.js';
import { isPlain } from './request-kind.js';
import { RequestPace } from './request-pace.js';
import { canKeepFiles } from './runtime-cache.js';
import { certainRuntimeAddress, repeatsRequest } from './runtime-address.js';
import type { TransformersModule } from './module.js';
import { noteOwnRequest } from './runtime-requests.js';
import { sharedRuntime } from './shared-runtime.js';

/** The file of the ONNX Runtime that a load has requested before the runtime does. */
interface EarlyFile {
  readonly url: string;
  /** `undefined` if no request was made. */
  readonly response: Promise<Response | undefined>;
  readonly stop: () => void;
  /** Its bytes, once all have arrived; `undefined` before. */
  arrived: number | undefined;
  /** The timer that stops the request if no other attempt begins; `undefined` while an attempt runs. */
  hold: Timer;
}

/** What an attempt does with the early request at its end, unless the runtime has taken the response. */
export interface EarlyRequest {
  /** The address of the file. */
  readonly url: string;
  /** The bytes of the file, if an earlier attempt has received all of them; otherwise `undefined`. */
  readonly arrived: number | undefined;
  /** Stops the request. */
  stop(): void;
  /**
   * Keeps the request for the next attempt for a minute, if one `mayFollow` or if the whole file has arrived; otherwise stops it. A
   * file that arrives on a fast connection counts as a file from the browser's HTTP cache, so none of it is stored. Without this
   * response the next attempt would receive it once more.
   */
  leave(mayFollow: boolean): void;
}

/** How long a file is held after the end of an attempt, in ms. */
const HOLD_TIME = 60_000;

/** Settings of a module → its early file. All loads of a module share one runtime. */
const files = new WeakMap<object, EarlyFile>();

/** Settings of modules whose runtime has requested its file, which it does once. */
const requested = new WeakSet();

/**
 * Requests the file of the ONNX Runtime at the beginning of a load. The bytes are stored until the runtime requests the same
 * file, so nothing is requested where bytes cannot be stored, or where no route receives the runtime's request.
 *
 * @returns `undefined` if this attempt has no early request: it cannot use one, or another load has made it.
 */
export function startRuntimeFile(
  transformers: TransformersModule,
  download: DownloadFetch,
  clock: Clock = systemClock,
): EarlyRequest | undefined {
  const { env } = transformers;
  const url = certainRuntimeAddress(transformers);
  if (url === undefined || requested.has(env) || !isRoutable(transformers, url)) return undefined;
  const before = files.get(env);
  if (before && (before.hold === undefined || before.url !== url)) return undefined;
  if (before) clock.clearTimeout(before.hold);
  const file = before ?? request(transformers, download, url);
  file.hold = undefined;
  files.set(env, file);
  const stop = (): void => {
    if (files.get(env) === file) takeOut(env)?.stop();
  };
  const leave = (mayFollow: boolean): void => {
    if (file.arrived !== undefined || mayFollow) file.hold = clock.setTimeout(stop, HOLD_TIME);
    else stop();
  };
  return { url, arrived: file.arrived, stop, leave };
}

function request(transformers: TransformersModule, download: DownloadFetch, url: string): EarlyFile {
  noteOwnRequest(url);
  const controller = new AbortController();
  const { signal } = controller;
  const response = canKeepFiles().then((canKeep) =>
    canKeep && !signal.aborted ? download.preload(url, { signal }, repeatsRequest(transformers)) : undefined,
  );
  response.catch(() => undefined);
  const stop = (): void => {
    controller.abort();
    sharedRuntime(transformers).end();
  };
  return { url, response, stop, arrived: undefined, hold: undefined };
}

/** Records that all bytes of the file have arrived. None of them is stored: only the response contains them. */
export function noteRuntimeArrived({ env }: TransformersModule, url: string, bytes: number): void {
  const file = files.get(env);
  if (file?.url === url) file.arrived = bytes;
}

/**
 * Resolves with the response to the early request if the runtime makes the same request, and otherwise with `undefined`. An early
 * request for another file, or with other credentials, is stopped.
 */
export async function takeRuntimeFile(
  { env }: TransformersModule,
  url: string,
  input: RequestInfo | URL,
  init: RequestInit | undefined,
): Promise<Response | undefined> {
  const file = takeOut(env);
  if (file?.url === url && isPlain(input, init)) return file.response.catch(() => undefined);
  file?.stop();
  return undefined;
}

/** Stops the early request, if there is one. */
export function stopRuntimeFile({ env }: TransformersModule): void {
  takeOut(env)?.stop();
}

/**
 * Creates a `fetch` that stops the early request for the runtime's file if the same host is busy and refuses another request. It then
 * repeats the refused request once, a second later: without the early request it may be within the server's limit. The bytes of the
 * runtime's file that have arrived are stored; those in transit are lost. A request that is refused with `Retry-After` is not
 * repeated here.
 */
export function yieldingFetch(transformers: TransformersModule, fetch: FetchLike, clock: Clock = systemClock): FetchLike {
  const { env } = transformers;
  const pace = new RequestPace(clock);
  return async (input, init) => {
    const url = urlOf(input);
    const waiting = pace.pass(url, init?.signal);
    if (waiting) await waiting;
    const early = files.get(env);
    const response = await fetch(input, init);
    // Another request that was refused may have stopped it meanwhile.
    const beside = early ?? files.get(env);
    if (!isBusy(response) || !beside || ![url, response.url].map(hostOf).includes(hostOf(beside.url))) return response;
    stopRuntimeFile(transformers);
    if (response.headers.has('Retry-After')) return response;
    response.body?.cancel().catch(() => undefined);
    pace.refuse(url);
    await pace.pass(url, init?.signal);
    return fetch(input, init);
  };
}

/** Records that the ONNX Runtime of a module requests its file: from now on no load requests it early. */
export function noteRuntimeRequested({ env }: TransformersModule, url: string): void {
  requested.add(env);
  noteOwnRequest(url);
}

/** Whether the ONNX Runtime of a module has requested its file, so that no further load fetches it. */
export function hasRequestedRuntime({ env }: TransformersModule): boolean {
  return requested.has(env);
}

/** Whether a server may refuse a request for now, since the client has too many others. Some servers respond with 403 then. */
function isBusy({ status }: Response): boolean {
  return status === 429 || status === 503 || status === 403;
}

/**
 * The host of an address; `undefined` for an address that cannot be resolved. A response that a page has created itself has an empty
 * address.
 */
function hostOf(address: string): string | undefined {
  const url = address && absolute(address);
  return URL.canParse(url) ? new URL(url).host : undefined;
}

function takeOut(env: object): EarlyFile | undefined {
  const file = files.get(env);
  files.delete(env);
  return file;
}
