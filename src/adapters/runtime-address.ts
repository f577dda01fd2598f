import { absolute } from './model-address.js';
import { majorVersion, type TransformersModule } from './transformers-module.js';

/** What the settings of Transformers.js say about the ONNX Runtime. */
interface RuntimeSettings {
  readonly useWasmCache?: unknown;
  readonly backends?: { readonly onnx?: { readonly wasm?: { readonly wasmPaths?: unknown; readonly numThreads?: unknown } } };
}

function settingsOf({ env }: TransformersModule) {
  const { backends, useWasmCache = true } = env as RuntimeSettings;
  const { wasmPaths, numThreads } = backends?.onnx?.wasm ?? {};
  const { wasm, mjs } = Object(wasmPaths) as { wasm?: unknown; mjs?: unknown };
  return { useWasmCache, wasmPaths, numThreads, wasm, mjs };
}

/**
 * The address of the ONNX Runtime file that the first session of a realm fetches, as each version
 * picks it; `undefined` where that cannot be known.
 */
export function runtimeAddress(transformers: TransformersModule): string | undefined {
  const { wasmPaths, numThreads, wasm } = settingsOf(transformers);
  return addressOf(wasm ?? inFolder(wasmPaths, majorVersion(transformers), numThreads), transformers);
}

/** The address of the module script that belongs to it; `undefined` in version 2, which has none, and where it cannot be known. */
export function moduleAddress(transformers: TransformersModule): string | undefined {
  const { wasmPaths, mjs } = settingsOf(transformers);
  if (majorVersion(transformers) < 3) return undefined;
  const beside = typeof wasmPaths === 'string' ? runtimeAddress(transformers)?.replace(/\.wasm$/, '.mjs') : undefined;
  return addressOf(mjs ?? beside, transformers);
}

/** The address, where version 4 leaves the file to the ONNX Runtime, which fetches it with the realm's own `fetch`. */
export function realmRuntimeAddress(transformers: TransformersModule): string | undefined {
  return majorVersion(transformers) >= 4 && !keepsRuntime(transformers) ? runtimeAddress(transformers) : undefined;
}

/** Whether version 4 fetches the runtime's files itself, which it does to keep them beside the models. */
function keepsRuntime(transformers: TransformersModule): boolean {
  const { useWasmCache, wasm, mjs } = settingsOf(transformers);
  return Boolean(useWasmCache && wasm && mjs);
}

/**
 * An address as the runtime resolves it. Without a page or a worker around it, it is the runtime for
 * Node, which fetches nothing.
 */
function addressOf(address: unknown, transformers: TransformersModule): string | undefined {
  const { location } = globalThis as { location?: { href: string } };
  if (!location || typeof address !== 'string') return undefined;
  // Version 4 resolves what it fetches itself, and knows nothing of a `<base href>`.
  const isOwn = majorVersion(transformers) >= 4 && keepsRuntime(transformers) && URL.canParse(address, location.href);
  const url = isOwn ? new URL(address, location.href).href : absolute(address);
  // Version 4 puts the address of a blob in place of its script once that has come.
  return /^https?:/.test(url) ? url : undefined;
}

/** Version 2 brings four builds, of which a browser of today takes one of two; 3 and 4 bring one each. */
function inFolder(folder: unknown, version: number, numThreads: unknown): string | undefined {
  if (typeof folder !== 'string') return undefined;
  if (version >= 3) return `${folder}ort-wasm-simd-threaded.${version >= 4 ? 'asyncify' : 'jsep'}.wasm`;
  const threads = numThreads !== 1 && (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated === true;
  return `${folder}ort-wasm-simd${threads ? '-threaded' : ''}.wasm`;
}
