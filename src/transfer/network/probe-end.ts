import { DownloadFailure } from '../../core/index.js';
import { withTimeLimit } from '../../core/internal.js';
import { followSignal } from './abortable.js';
import { connectRange, dismiss, type Connection, type ConnectOptions } from './connection.js';
import { suspectAddresses } from './suspect-addresses.js';
import type { ModuleEnd } from './wasm-sections.js';
import type { InspectedResponse } from './whole-response.js';

/** How long a server may take to respond, in ms: the reader waits for it. */
const LIMIT = 5_000;

/** How long to wait, in ms, before a request that failed is repeated: a server that broke off a body may be restarting. */
const DELAY = 1_000;

/** What is known of a body that has ended. */
export interface EndedBody {
  /** Bytes of the body, decoded. */
  readonly loaded: number;
  /** `Content-Length` of its response, which may count compressed bytes; `undefined` where it is missing. */
  readonly declared: number | undefined;
  /** How the body ends, by the sections of a WebAssembly module. */
  readonly moduleEnd: ModuleEnd;
}

/**
 * Resolves with the failure of a body that ended before its file does; `undefined` if nothing shows that. Firefox ends a
 * compressed body without an error when its connection breaks. A request for the body's last byte finds the size of the file,
 * since browsers request ranges without compression. A body that ends with a section of a module is complete without that request.
 * The first body of an address that ends inside a section fails without it.
 *
 * @throws the signal's reason once it has aborted.
 */
export async function probeEnd(options: ConnectOptions, body: EndedBody): Promise<DownloadFailure | undefined> {
  const { loaded, declared, moduleEnd } = body;
  const { url } = options.request;
  if (loaded < 2 || loaded === declared || moduleEnd === 'whole') return undefined;
  const isCut = moduleEnd === 'cut' && !suspectAddresses.has(url);
  const size = isCut ? undefined : await findSize(options, body);
  if (!isCut && (size === undefined || size <= loaded)) return undefined;
  // The browser's cache may have stored the short body.
  suspectAddresses.add(url);
  return new DownloadFailure('network', `Expected ${size ?? 'more'} bytes, received ${loaded}`);
}

/**
 * Whether an inspected body is the whole file.
 *
 * @throws DownloadFailure `network` if it has ended too early, as {@link probeEnd} finds.
 */
export async function isWholeResponse(
  { end, declared, response }: Connection,
  { length, moduleEnd }: InspectedResponse,
  options: ConnectOptions,
): Promise<boolean> {
  if (length === undefined || length !== (end ?? length)) return false;
  const cut = end === undefined && (await probeEnd(options, { loaded: length, declared, moduleEnd }));
  if (!cut) return true;
  dismiss(response);
  throw cut;
}

/** Resolves with the size of the file in bytes; `undefined` if the server does not report it. Repeats a failed request once. */
async function findSize(options: ConnectOptions, body: EndedBody): Promise<number | undefined> {
  const { clock, signal } = options;
  for (let attempt = 1; ; attempt++) {
    try {
      return await probeOnce(options, body);
    } catch (cause) {
      signal.throwIfAborted();
      if (attempt === 2 || (cause instanceof DownloadFailure && cause.code === 'timeout')) return undefined;
      await new Promise<void>((resolve) => clock.setTimeout(resolve, DELAY));
    }
  }
}

async function probeOnce({ request, clock, signal }: ConnectOptions, { loaded, declared }: EndedBody): Promise<number | undefined> {
  const controller = new AbortController();
  const unfollow = followSignal(controller, [signal]);
  try {
    const opening = connectRange({ request, clock, signal: controller.signal }, loaded - 1, { total: undefined, validator: undefined });
    const connection = await withTimeLimit(opening, LIMIT, clock);
    const { coding, version, end, isRange, declared: length } = connection ?? {};
    const size = isRange ? (version?.total ?? end) : length;
    // A server that compresses this response, too, counts compressed bytes.
    return coding === 'some' || size === declared ? undefined : size;
  } finally {
    unfollow();
    controller.abort();
  }
}
