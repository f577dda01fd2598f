import { absolute } from './model-address.js';
import { majorVersion, type TransformersModule } from './module.js';

/** What the settings of Transformers.js say about the ONNX Runtime. */
interface RuntimeSettings {
  readonly useWasmCache?: unknown;
  readonly backends?: { readonly onnx?: { readonly wasm?: WasmSettings } };
}

/** The settings of the ONNX Runtime's WebAssembly build. */
interface WasmSettings {
  readonly wasmPaths?: unknown;
  readonly wasmBinary?: unknown;
  readonly numThreads?: unknown;
}

/** The build that each version fetches where no setting names a file; version 2 brings several. */
const BUILDS: Readonly<Record<number, string>> = { 3: 'ort-wasm-simd-threaded.jsep', 4: 'ort-wasm-simd-threaded.asyncify' };

/**
 * The address of the ONNX Runtime file that the first session of a realm fetches, as each version
 * picks it; `undefined` where no setting tells it.
 */
export function runtimeAddress(transformers: TransformersModule): string | undefined {
  const { wasmPaths, numThreads } = wasmSettings(transformers);
  const file = `${buildOf(transformers, numThreads)}.wasm`;
  const { wasm, mjs, [file]: named } = Object(wasmPaths) as Record<string, unknown>;
  if (typeof wasmPaths === 'string') return addressOf(`${wasmPaths}${file}`, transformers);
  return addressOf(wasm ?? named, transformers) ?? besideScript(file, addressOf(mjs, transformers));
}

/** The address of the module script that belongs to it; `undefined` in version 2, which has none, and where no setting tells it. */
export function moduleAddress(transformers: TransformersModule): string | undefined {
  const { wasmPaths } = wasmSettings(transformers);
  if (majorVersion(transformers) < 3) return undefined;
  const { mjs } = Object(wasmPaths) as { mjs?: unknown };
  const beside = typeof wasmPaths === 'string' ? runtimeAddress(transformers)?.replace(/\.wasm$/, '.mjs') : undefined;
  return addressOf(mjs ?? beside, transformers);
}

/** Whether a page has handed the runtime's bytes over, so that no version but 4, for its cache, fetches them. */
export function hasRuntimeBytes(transformers: TransformersModule): boolean {
  return wasmSettings(transformers).wasmBinary !== undefined && !keepsRuntime(transformers);
}

/** The address, where version 4 leaves the file to the runtime's script, which fetches it with the realm's own `fetch`. */
export function realmRuntimeAddress(transformers: TransformersModule): string | undefined {
  return majorVersion(transformers) >= 4 && !keepsRuntime(transformers) ? runtimeAddress(transformers) : undefined;
}

/** Whether version 4 fetches the runtime's file through its own `fetch`, to keep it beside the models. */
function keepsRuntime(transformers: TransformersModule): boolean {
  const { useWasmCache = true } = transformers.env as RuntimeSettings;
  const { wasm, mjs } = Object(wasmSettings(transformers).wasmPaths) as { wasm?: unknown; mjs?: unknown };
  return majorVersion(transformers) >= 4 && Boolean(useWasmCache && wasm && mjs);
}

function wasmSettings({ env }: TransformersModule): WasmSettings {
  return (env as RuntimeSettings).backends?.onnx?.wasm ?? {};
}

/** Version 2 brings four builds, of which a browser of today takes one of two. */
function buildOf(transformers: TransformersModule, numThreads: unknown): string {
  const threads = numThreads !== 1 && (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated === true;
  return BUILDS[Math.min(majorVersion(transformers), 4)] ?? (threads ? 'ort-wasm-simd-threaded' : 'ort-wasm-simd');
}

/** Where a page names the module script alone, the runtime looks for its file beside it. */
function besideScript(file: string, script: string | undefined): string | undefined {
  return script && new URL(file, script).href;
}

/**
 * An address as the runtime resolves it. Without a page or a worker around it, it is the runtime for
 * Node, which fetches nothing.
 */
function addressOf(setting: unknown, transformers: TransformersModule): string | undefined {
  const { location } = globalThis as { location?: { href: string } };
  const address = setting instanceof URL ? setting.href : setting;
  if (!location || typeof address !== 'string') return undefined;
  // Version 4 resolves it itself, without regard to a `<base href>`; the runtime's script asks as the page does.
  const isOwn = keepsRuntime(transformers) && URL.canParse(address, location.href);
  const url = isOwn ? new URL(address, location.href).href : absolute(address);
  // Version 4 puts the address of a blob in place of its script once that was fetched.
  return /^https?:/.test(url) ? url : undefined;
}
