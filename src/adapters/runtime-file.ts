import type { FetchLike, PlanEntry } from '../core/index.js';
import { currentFetch } from './fetch-hook.js';
import { runtimeFileOf } from './model-address.js';
import { runtimeAddress } from './runtime-address.js';
import { runtimeCacheOf } from './runtime-cache.js';
import { OWN_LIMIT, withLimit } from './time-limit.js';
import type { TransformersModule } from './transformers-module.js';

/** The ONNX Runtime's file that a load will fetch. */
export interface RuntimeFile {
  readonly url: string;
  readonly file: string;
  /** Bytes. */
  readonly size: number;
}

/** The runtime's file with its size; `undefined` where a load fetches none, or nothing tells how big it is. */
export async function findRuntime(
  transformers: TransformersModule,
  learned: readonly PlanEntry[] = [],
  signal?: AbortSignal,
): Promise<RuntimeFile | undefined> {
  const url = runtimeAddress(transformers);
  const file = url === undefined ? undefined : runtimeFileOf(url);
  if (url === undefined || file === undefined || isRuntimeStarted(transformers)) return undefined;
  if (await runtimeCacheOf(transformers)?.match(url)) return undefined;
  const known = learned.find((entry) => entry.file === file)?.size;
  const size = known ?? (await probeSize(url, currentFetch(transformers), signal));
  return size === undefined ? undefined : { url, file, size };
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
