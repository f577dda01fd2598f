import type { FetchLike } from '../core/index.js';
import { majorVersion, type TransformersModule } from './transformers-module.js';

/** What the settings of Transformers.js say about the ONNX Runtime. */
interface RuntimeSettings {
  readonly useWasmCache?: unknown;
  readonly backends?: { readonly onnx?: { readonly wasm?: { readonly wasmPaths?: unknown; readonly numThreads?: unknown } } };
}

/**
 * The address of the ONNX Runtime file that the first session of a realm fetches, as each version
 * picks it; `undefined` where that cannot be known, or where the file is not fetched by us to see.
 */
export function runtimeAddress(transformers: TransformersModule): string | undefined {
  const { location } = globalThis as { location?: { href: string } };
  const { wasmPaths, numThreads } = (transformers.env as RuntimeSettings).backends?.onnx?.wasm ?? {};
  // Without a page or a worker around it, it is the runtime for Node, which fetches nothing.
  if (!location || !wasmPaths) return undefined;
  const version = majorVersion(transformers);
  const address = version >= 4 ? wasmOf(wasmPaths) : (wasmOf(wasmPaths) ?? inFolder(wasmPaths, version, numThreads));
  return address !== undefined && URL.canParse(address, location.href) ? new URL(address, location.href).href : undefined;
}

/** The address of the module script that belongs to it; `undefined` in version 2, which has none, and where it cannot be known. */
export function moduleAddress(transformers: TransformersModule): string | undefined {
  const { location } = globalThis as { location?: { href: string } };
  const { wasmPaths } = (transformers.env as RuntimeSettings).backends?.onnx?.wasm ?? {};
  if (!location || !wasmPaths || majorVersion(transformers) < 3) return undefined;
  const { mjs } = Object(wasmPaths) as { mjs?: unknown };
  const beside = typeof wasmPaths === 'string' ? runtimeAddress(transformers)?.replace(/\.wasm$/, '.mjs') : undefined;
  const address = typeof mjs === 'string' ? mjs : beside;
  return address !== undefined && URL.canParse(address, location.href) ? new URL(address, location.href).href : undefined;
}

/** Versions 3 and 4 may be given the address itself; only then does 4 fetch it through its own `fetch`. */
function wasmOf(wasmPaths: unknown): string | undefined {
  const { wasm } = Object(wasmPaths) as { wasm?: unknown };
  return typeof wasm === 'string' ? wasm : undefined;
}

/** Version 2 brings four builds, of which a browser of today takes one of two; version 3 brings one. */
function inFolder(folder: unknown, version: number, numThreads: unknown): string | undefined {
  if (typeof folder !== 'string') return undefined;
  const threads = numThreads !== 1 && (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated === true;
  const name = version >= 3 ? 'ort-wasm-simd-threaded.jsep.wasm' : threads ? 'ort-wasm-simd-threaded.wasm' : 'ort-wasm-simd.wasm';
  return `${folder}${name}`;
}

/** Bytes of a file without its bytes; `undefined` where the server does not say. */
export async function probeSize(url: string, fetch: FetchLike): Promise<number | undefined> {
  try {
    const response = await fetch(url, { headers: { Range: 'bytes=0-0' } });
    await response.body?.cancel();
    const total = /\/(\d+)$/.exec(response.headers.get('Content-Range') ?? '')?.[1];
    if (response.status === 206) return total === undefined ? undefined : Number(total);
    const length = Number(response.headers.get('Content-Length') ?? NaN);
    return response.ok && length > 1 ? length : undefined;
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
