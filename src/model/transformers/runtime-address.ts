import { absolute } from './model-address.js';
import { runtimeFileName } from './runtime-build.js';
import { majorVersion } from './major-version.js';
import type { TransformersModule } from './module.js';

/** The settings of Transformers.js for the ONNX Runtime. */
interface RuntimeSettings {
  readonly useWasmCache?: unknown;
  readonly backends?: { readonly onnx?: { readonly wasm?: WasmSettings } };
}

/** The settings of the ONNX Runtime's WebAssembly build. */
interface WasmSettings {
  readonly wasmPaths?: unknown;
  readonly wasmBinary?: unknown;
  readonly numThreads?: unknown;
  readonly simd?: unknown;
  readonly proxy?: unknown;
}

/**
 * The address of the ONNX Runtime file that the first session of a realm fetches, by the rules of each version;
 * `undefined` if the settings do not determine it.
 */
export function runtimeAddress(transformers: TransformersModule): string | undefined {
  const { wasmPaths, numThreads } = wasmSettings(transformers);
  const isThreaded = numThreads !== 1 && (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated === true;
  const file = runtimeFileName(majorVersion(transformers), isThreaded);
  const { wasm, mjs, [file]: named } = Object(wasmPaths) as Record<string, unknown>;
  if (typeof wasmPaths === 'string') return addressOf(`${wasmPaths}${file}`, transformers);
  return addressOf(wasm ?? named, transformers) ?? besideScript(file, addressOf(mjs, transformers));
}

/**
 * As {@link runtimeAddress}, if this realm certainly requests that file; else `undefined`. A proxy worker requests it itself, and
 * of the builds of version 2 the browser's abilities and the number of processors choose one.
 */
export function certainRuntimeAddress(transformers: TransformersModule): string | undefined {
  const { numThreads, simd, proxy } = wasmSettings(transformers);
  const mayBeThreaded = numThreads !== 1 && (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated === true;
  const version = majorVersion(transformers);
  const isKnown = version < 3 ? simd !== false && !mayBeThreaded : version <= 4;
  return isKnown && proxy !== true ? runtimeAddress(transformers) : undefined;
}

/** The address of the runtime's module script; `undefined` in version 2, which has none, or if the settings do not determine it. */
export function moduleAddress(transformers: TransformersModule): string | undefined {
  const { wasmPaths } = wasmSettings(transformers);
  if (majorVersion(transformers) < 3) return undefined;
  const { mjs } = Object(wasmPaths) as { mjs?: unknown };
  const beside = typeof wasmPaths === 'string' ? runtimeAddress(transformers)?.replace(/\.wasm$/, '.mjs') : undefined;
  return addressOf(mjs ?? beside, transformers);
}

/** Whether the page has set the runtime's bytes, so that they are not fetched, except by version 4 for its cache. */
export function hasRuntimeBytes(transformers: TransformersModule): boolean {
  return wasmSettings(transformers).wasmBinary !== undefined && !keepsRuntime(transformers);
}

/** The address of the file if version 4 leaves it to the runtime's script, which uses the realm's `fetch`; else `undefined`. */
export function realmRuntimeAddress(transformers: TransformersModule): string | undefined {
  return majorVersion(transformers) >= 4 && !keepsRuntime(transformers) ? runtimeAddress(transformers) : undefined;
}

/**
 * Whether the file is requested a second time if it cannot be compiled while it arrives: by the runtime's script. Version 4
 * requests it once if it stores it itself, and compiles it from memory.
 */
export function repeatsRequest(transformers: TransformersModule): boolean {
  return !keepsRuntime(transformers);
}

/** Whether version 4 fetches the runtime's file by its own `fetch`, to store it in the cache of the models. */
function keepsRuntime(transformers: TransformersModule): boolean {
  const { useWasmCache = true } = transformers.env as RuntimeSettings;
  const { wasm, mjs } = Object(wasmSettings(transformers).wasmPaths) as { wasm?: unknown; mjs?: unknown };
  return majorVersion(transformers) >= 4 && Boolean(useWasmCache && wasm && mjs);
}

function wasmSettings({ env }: TransformersModule): WasmSettings {
  return (env as RuntimeSettings).backends?.onnx?.wasm ?? {};
}

/** If only the module script is set, the runtime looks for its file beside the script. */
function besideScript(file: string, script: string | undefined): string | undefined {
  return script && new URL(file, script).href;
}

/**
 * Resolves an address as the runtime does; `undefined` in Node, whose runtime fetches nothing.
 */
function addressOf(setting: unknown, transformers: TransformersModule): string | undefined {
  const { location } = globalThis as { location?: { href: string } };
  const address = setting instanceof URL ? setting.href : setting;
  if (!location || typeof address !== 'string') return undefined;
  // Version 4 resolves the address itself and ignores `<base href>`; the runtime's script resolves it as the page does.
  const isOwn = keepsRuntime(transformers) && URL.canParse(address, location.href);
  const url = isOwn ? new URL(address, location.href).href : absolute(address);
  // Version 4 replaces the address of the script by that of a blob once it has fetched the script.
  return /^https?:/.test(url) ? url : undefined;
}
