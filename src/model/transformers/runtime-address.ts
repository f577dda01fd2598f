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
  const { wasmPaths } = wasmSettings(transformers);
  const file = fileName(transformers);
  const own = ownSetting(transformers);
  // The runtime uses the setting even if it needs no request, such as an address of `blob:`.
  if (own) return addressOf(own, transformers);
  const hasFolder = typeof wasmPaths === 'string' && (wasmPaths !== '' || majorVersion(transformers) < 3);
  return hasFolder ? addressOf(`${wasmPaths}${file}`, transformers) : besideScript(file, transformers);
}

/**
 * As {@link runtimeAddress}, but `undefined` if this realm may not request that file. A proxy worker requests the file itself, and in
 * version 2 the features of the browser and the number of processors can select another build.
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

/** The address of the runtime's module script if version 4 fetches it by its own `fetch`; else `undefined`. */
export function keptScriptAddress(transformers: TransformersModule): string | undefined {
  return keepsRuntime(transformers) ? moduleAddress(transformers) : undefined;
}

/**
 * Whether the page has the runtime's bytes, so that no request fetches them: in the setting `wasmBinary`, or at an address of `blob:`
 * or `data:`. If version 4 stores the file in its cache, it fetches the file despite `wasmBinary`.
 */
export function hasRuntimeBytes(transformers: TransformersModule): boolean {
  const own = ownSetting(transformers);
  if (own && /^(blob|data):/i.test(textOf(own))) return true;
  // Version 2 ignores the setting.
  return Boolean(wasmSettings(transformers).wasmBinary) && !(majorVersion(transformers) < 3) && !keepsRuntime(transformers);
}

/** The address of the file if version 4 leaves it to the runtime's script, which uses the realm's `fetch`; else `undefined`. */
export function realmRuntimeAddress(transformers: TransformersModule): string | undefined {
  return majorVersion(transformers) >= 4 && !keepsRuntime(transformers) ? runtimeAddress(transformers) : undefined;
}

/**
 * Whether the runtime's script requests the file a second time if it cannot be compiled while it arrives. If version 4 stores the
 * file itself, it requests the file once and compiles it from memory.
 */
export function repeatsRequest(transformers: TransformersModule): boolean {
  return !keepsRuntime(transformers);
}

/** Whether version 4 fetches the runtime's files by its own `fetch`, to store them in the cache of the models. */
function keepsRuntime(transformers: TransformersModule): boolean {
  const { useWasmCache = true } = transformers.env as RuntimeSettings;
  const { wasm, mjs } = Object(wasmSettings(transformers).wasmPaths) as { wasm?: unknown; mjs?: unknown };
  return majorVersion(transformers) >= 4 && Boolean(useWasmCache && wasm && mjs);
}

function wasmSettings({ env }: TransformersModule): WasmSettings {
  return (env as RuntimeSettings).backends?.onnx?.wasm ?? {};
}

/** The name of the file that the first session requests. */
function fileName(transformers: TransformersModule): string {
  const { numThreads } = wasmSettings(transformers);
  const isThreaded = numThreads !== 1 && (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated === true;
  return runtimeFileName(majorVersion(transformers), isThreaded);
}

/** The setting for the file itself: under its name in version 2, under `wasm` in the others, which ignore names. */
function ownSetting(transformers: TransformersModule): unknown {
  const paths = Object(wasmSettings(transformers).wasmPaths) as Record<string, unknown> & { readonly wasm?: unknown };
  return majorVersion(transformers) < 3 ? paths[fileName(transformers)] : paths.wasm;
}

/** If only the module script is set, the runtime of versions 3 and 4 looks for its file beside the script. */
function besideScript(file: string, transformers: TransformersModule): string | undefined {
  const { mjs } = Object(wasmSettings(transformers).wasmPaths) as { mjs?: unknown };
  const script = majorVersion(transformers) < 3 ? undefined : addressOf(mjs, transformers);
  return script && new URL(file, script).href;
}

function textOf(setting: unknown): string {
  if (setting instanceof URL) return setting.href;
  return typeof setting === 'string' ? setting : '';
}

/**
 * Resolves an address as the runtime does; `undefined` in Node, whose runtime fetches nothing.
 */
function addressOf(setting: unknown, transformers: TransformersModule): string | undefined {
  const { location } = globalThis as { location?: { href: string } };
  const address = textOf(setting);
  if (!location || address === '') return undefined;
  // Version 4 resolves the address itself and ignores `<base href>`; the runtime's script resolves it as the page does.
  const isOwn = keepsRuntime(transformers) && URL.canParse(address, location.href);
  const url = isOwn ? new URL(address, location.href).href : absolute(address);
  // Version 4 replaces the address of the script by that of a blob once it has fetched the script.
  return /^https?:/.test(url) ? url : undefined;
}
