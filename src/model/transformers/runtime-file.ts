import type { FetchLike, PlanEntry } from '../../core/index.js';
import { hasRequestedRuntime } from './early-runtime.js';
import { currentFetch, isRoutable } from './fetch-hook.js';
import { hasRuntimeBytes, runtimeAddress } from './runtime-address.js';
import { runtimeCacheOf } from './runtime-cache.js';
import { runtimeFileOf } from './runtime-name.js';
import { noteOwnRequest, wasReceivedByPage } from './runtime-requests.js';
import { hasServiceWorker } from './service-worker.js';
import { sharedRuntime } from './shared-runtime.js';
import { DEVICE_LIMIT, OWN_LIMIT, withLimit } from '../request-limits.js';
import type { TransformersModule } from './module.js';

/** The ONNX Runtime's file that a load will fetch. */
export interface RuntimeFile {
  /** Its name; `undefined` if the settings do not determine its address, or no route receives its request. */
  readonly file: string | undefined;
  /** Bytes; `undefined` if no readable header contains the size. */
  readonly size: number | undefined;
}

/** Settings of a module → address and bytes of its runtime file, as probed once per page; `undefined` if the server sends no ranges. */
const probed = new WeakMap<object, { readonly url: string; readonly size: number | undefined }>();

/** Settings of a module → the running request for the size of its runtime file. */
const probing = new WeakMap<object, { readonly url: string; readonly probe: ReturnType<typeof probeSize> }>();

/**
 * Resolves with what is known without a request about the runtime's file that a load will fetch; with `undefined` if a load fetches
 * none. Never rejects.
 *
 * @param learned The runtime's file among those of the last load.
 * @param load The load, as in `SharedRuntime.join()`. Of several loads the first one counts the file. `undefined` for an estimate.
 */
export async function recallRuntime(
  transformers: TransformersModule,
  learned: readonly PlanEntry[] = [],
  signal?: AbortSignal,
  load?: object,
): Promise<RuntimeFile | undefined> {
  // In Node the runtime fetches nothing.
  if (!('location' in globalThis) || isRuntimeStarted(transformers) || hasRuntimeBytes(transformers)) return undefined;
  // The runtime requests its file once. A later load waits for the rest of that download.
  const shared = sharedRuntime(transformers);
  if (hasRequestedRuntime(transformers)) return shared.left;
  if (load && shared.isCountedBefore(load)) return undefined;
  const url = runtimeAddress(transformers);
  const file = url === undefined ? undefined : runtimeFileOf(url);
  // The page has started the runtime by a `pipeline()` of its own, or has loaded the file ahead.
  if (url !== undefined && wasReceivedByPage(url)) return undefined;
  if (url === undefined || file === undefined || !isRoutable(transformers, url)) return { file: undefined, size: undefined };
  const kept = await withLimit(DEVICE_LIMIT, async () => runtimeCacheOf(transformers)?.match(url), [signal]).catch(() => undefined);
  if (kept) return undefined;
  const known = probed.get(transformers.env);
  return { file, size: known?.url === url ? known.size : learned.find((entry) => entry.file === file)?.size };
}

/** As {@link recallRuntime}; requests an unknown size from the server, unless a service worker handles the request. Never rejects. */
export async function findRuntime(
  transformers: TransformersModule,
  learned?: readonly PlanEntry[],
  signal?: AbortSignal,
  load?: object,
): Promise<RuntimeFile | undefined> {
  const known = await recallRuntime(transformers, learned, signal, load);
  const url = runtimeAddress(transformers);
  if (!known || known.size !== undefined || url === undefined || known.file === undefined) return known;
  if (probed.get(transformers.env)?.url === url) return known;
  // A service worker may drop the range, and read the whole file.
  if (hasServiceWorker()) return known;
  const probe = await probeOnce(transformers, url, signal);
  if (probe) probed.set(transformers.env, { url, size: probe.size });
  return { file: known.file, size: probe?.size };
}

/** As {@link probeSize}; joins a request that an estimate or another load has made. */
function probeOnce(transformers: TransformersModule, url: string, signal: AbortSignal | undefined): ReturnType<typeof probeSize> {
  const { env } = transformers;
  const running = probing.get(env);
  if (running?.url === url) return running.probe;
  noteOwnRequest(url);
  const probe = probeSize(url, currentFetch(transformers), signal).finally(() => probing.delete(env));
  probing.set(env, { url, probe });
  return probe;
}

/**
 * Requests the first byte of a file, and resolves with the size of the file, in bytes. Resolves with `undefined` without a response. A
 * response with status 200 has no `size`: it may be compressed, and a page of another origin cannot read its `Content-Encoding`.
 */
async function probeSize(
  url: string,
  fetch: FetchLike,
  outer: AbortSignal | undefined,
): Promise<{ readonly size: number | undefined } | undefined> {
  try {
    const { status, headers } = await withLimit(
      OWN_LIMIT,
      async (signal) => {
        const response = await fetch(url, { headers: { Range: 'bytes=0-0' }, cache: 'no-store', signal });
        // The server may be sending the whole file.
        await response.body?.cancel();
        return response;
      },
      [outer],
    );
    // Some servers respond to this range with the whole file, whose total is the same.
    const total = /^bytes 0-\d+\/(\d+)$/.exec(headers.get('Content-Range') ?? '')?.[1];
    if (status !== 200 && status !== 206) return undefined;
    return { size: status === 206 && total !== undefined && !headers.has('Content-Encoding') ? Number(total) : undefined };
  } catch {
    return undefined;
  }
}

/** Settings of modules whose ONNX Runtime has started, so that no further load fetches it. */
const started = new WeakSet();

/** Records that the ONNX Runtime of a module has started. */
export function noteRuntimeStarted({ env }: TransformersModule): void {
  started.add(env);
}

/** Whether the ONNX Runtime of a module has started. */
export function isRuntimeStarted({ env }: TransformersModule): boolean {
  return started.has(env);
}
