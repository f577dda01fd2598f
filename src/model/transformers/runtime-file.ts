import type { FetchLike, PlanEntry } from '../../core/index.js';
import { currentFetch } from './fetch-hook.js';
import { runtimeFileOf } from './model-address.js';
import { hasRuntimeBytes, runtimeAddress } from './runtime-address.js';
import { runtimeCacheOf } from './runtime-cache.js';
import { DEVICE_LIMIT, OWN_LIMIT, withLimit } from '../time-limit.js';
import type { TransformersModule } from './module.js';

/** The ONNX Runtime's file that a load will fetch. */
export interface RuntimeFile {
  /** Its name; `undefined` where no setting tells its address. */
  readonly file: string | undefined;
  /** Bytes; `undefined` where no readable header tells. */
  readonly size: number | undefined;
}

/** Bytes of the file that a module's load would fetch, and its address, where its server was asked: one answer does for a page. */
const asked = new WeakMap<object, { readonly url: string; readonly size: number }>();

/**
 * The runtime's file that a load will fetch, as far as this device can tell: takes no request. `undefined` where a load
 * fetches none. Never rejects.
 *
 * @param learned The runtime's file among those of the last load.
 */
export async function recallRuntime(
  transformers: TransformersModule,
  learned: readonly PlanEntry[] = [],
  signal?: AbortSignal,
): Promise<RuntimeFile | undefined> {
  // Without a page or a worker it is the runtime for Node, which fetches nothing.
  if (!('location' in globalThis) || isRuntimeStarted(transformers) || hasRuntimeBytes(transformers)) return undefined;
  const url = runtimeAddress(transformers);
  const file = url === undefined ? undefined : runtimeFileOf(url);
  if (url === undefined || file === undefined) return { file: undefined, size: undefined };
  const kept = await withLimit(DEVICE_LIMIT, async () => runtimeCacheOf(transformers)?.match(url), [signal]).catch(() => undefined);
  if (kept) return undefined;
  const known = asked.get(transformers.env);
  return { file, size: known?.url === url ? known.size : learned.find((entry) => entry.file === file)?.size };
}

/** As {@link recallRuntime}; asks the server for a size that this device does not know. Never rejects. */
export async function findRuntime(
  transformers: TransformersModule,
  learned?: readonly PlanEntry[],
  signal?: AbortSignal,
): Promise<RuntimeFile | undefined> {
  const known = await recallRuntime(transformers, learned, signal);
  const url = runtimeAddress(transformers);
  if (!known || known.size !== undefined || url === undefined || known.file === undefined) return known;
  const size = await probeSize(url, currentFetch(transformers), signal);
  if (size !== undefined) asked.set(transformers.env, { url, size });
  return { file: known.file, size };
}

/**
 * Bytes of a file without its bytes. A server that does not answer with one byte of it may have
 * compressed it, which pages of other origins cannot see: then its size is not known.
 */
async function probeSize(url: string, fetch: FetchLike, outer: AbortSignal | undefined): Promise<number | undefined> {
  try {
    const { status, headers } = await withLimit(
      OWN_LIMIT,
      async (signal) => {
        const response = await fetch(url, { headers: { Range: 'bytes=0-0' }, cache: 'no-store', signal });
        // It may be the whole file.
        await response.body?.cancel();
        return response;
      },
      [outer],
    );
    const total = /^bytes 0-0\/(\d+)$/.exec(headers.get('Content-Range') ?? '')?.[1];
    return status === 206 && total !== undefined && !headers.has('Content-Encoding') ? Number(total) : undefined;
  } catch {
    return undefined;
  }
}

/** Modules whose ONNX Runtime is in place, so that no further load fetches it. */
const started = new WeakSet();

/** Notes that a model runs, and the runtime with it. */
export function noteRuntimeStarted({ env }: TransformersModule): void {
  started.add(env);
}

/** Whether the ONNX Runtime of a module is in place. */
export function isRuntimeStarted({ env }: TransformersModule): boolean {
  return started.has(env);
}
