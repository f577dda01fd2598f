import type { FetchLike, PlanEntry } from '../core/index.js';
import { currentFetch } from './fetch-hook.js';
import { absolute, runtimeFileOf } from './model-address.js';
import { runtimeCacheOf } from './runtime-cache.js';
import { OWN_LIMIT, withLimit } from './time-limit.js';
import { majorVersion, type TransformersModule } from './transformers-module.js';

/** What the settings of Transformers.js say about the ONNX Runtime. */
interface RuntimeSettings {
  readonly useWasmCache?: unknown;
  readonly backends?: { readonly onnx?: { readonly wasm?: { readonly wasmPaths?: unknown; readonly numThreads?: unknown } } };
}

/** The ONNX Runtime's file that a load will fetch. */
export interface RuntimeFile {
  readonly url: string;
  readonly file: string;
  /** Bytes. */
  readonly size: number;
}

/**
 * The address of the ONNX Runtime file that the first session of a realm fetches, as each version
 * picks it; `undefined` where that cannot be known, or where the file is not fetched by us to see.
 */
export function runtimeAddress(transformers: TransformersModule): string | undefined {
  const { env } = transformers;
  const { backends, useWasmCache = true } = env as RuntimeSettings;
  const { wasmPaths, numThreads } = backends?.onnx?.wasm ?? {};
  const { wasm, mjs } = Object(wasmPaths) as { wasm?: unknown; mjs?: unknown };
  // Version 4 fetches it through its own `fetch` only to keep it beside the models.
  if (majorVersion(transformers) >= 4) return useWasmCache && wasm && mjs ? addressOf(wasm, transformers) : undefined;
  return addressOf(wasm ?? inFolder(wasmPaths, majorVersion(transformers), numThreads), transformers);
}

/** The address of the module script that belongs to it; `undefined` in version 2, which has none, and where it cannot be known. */
export function moduleAddress(transformers: TransformersModule): string | undefined {
  const { wasmPaths } = (transformers.env as RuntimeSettings).backends?.onnx?.wasm ?? {};
  if (majorVersion(transformers) < 3) return undefined;
  const { mjs } = Object(wasmPaths) as { mjs?: unknown };
  const beside = typeof wasmPaths === 'string' ? runtimeAddress(transformers)?.replace(/\.wasm$/, '.mjs') : undefined;
  return addressOf(mjs ?? beside, transformers);
}

/**
 * An address as the runtime resolves it. Without a page or a worker around it, it is the runtime for
 * Node, which fetches nothing.
 */
function addressOf(address: unknown, transformers: TransformersModule): string | undefined {
  const { location } = globalThis as { location?: { href: string } };
  if (!location || typeof address !== 'string') return undefined;
  // Version 4 resolves it itself, and knows nothing of a `<base href>`.
  const isOwn = majorVersion(transformers) >= 4 && URL.canParse(address, location.href);
  const url = isOwn ? new URL(address, location.href).href : absolute(address);
  // Version 4 puts the address of a blob in place of its script once that has come.
  return /^https?:/.test(url) ? url : undefined;
}

/** Version 2 brings four builds, of which a browser of today takes one of two; version 3 brings one. */
function inFolder(folder: unknown, version: number, numThreads: unknown): string | undefined {
  if (typeof folder !== 'string') return undefined;
  const threads = numThreads !== 1 && (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated === true;
  const name = version >= 3 ? 'ort-wasm-simd-threaded.jsep.wasm' : threads ? 'ort-wasm-simd-threaded.wasm' : 'ort-wasm-simd.wasm';
  return `${folder}${name}`;
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
