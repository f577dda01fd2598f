import { isRoutable, originalFetch } from './fetch-hook.js';
import type { TransformersModule } from './module.js';
import { isPlain } from './request-kind.js';
import { keptScriptAddress } from './runtime-address.js';
import { runtimeCacheOf } from './runtime-cache.js';
import { readWhole } from './shared-files.js';
import { DEVICE_LIMIT, HEADER_LIMIT, withLimit } from '../request-limits.js';

/** The script of the ONNX Runtime that a load has requested before version 4 does. */
interface EarlyScript {
  readonly url: string;
  readonly response: Promise<Response>;
}

/** Settings of a module → its early script. */
const scripts = new WeakMap<object, EarlyScript>();

/**
 * Requests the script of the ONNX Runtime if version 4 will fetch it, and the cache does not have it. Version 4 requests it after the
 * weights, so that the start of the model would wait for the server once more.
 *
 * @returns A function that ends the request, unless the runtime has the response.
 */
export function startRuntimeScript(transformers: TransformersModule): () => void {
  const controller = new AbortController();
  const url = keptScriptAddress(transformers);
  if (url !== undefined && isRoutable(transformers, url)) void request(transformers, url, controller.signal);
  return () => controller.abort();
}

async function request(transformers: TransformersModule, url: string, signal: AbortSignal): Promise<void> {
  const { env } = transformers;
  const lookUp = withLimit(DEVICE_LIMIT, async () => runtimeCacheOf(transformers)?.match(url), [signal]);
  // Without a result the cache may have the script.
  const isMissing = await lookUp.then(
    (stored) => stored === undefined,
    () => false,
  );
  if (!isMissing || signal.aborted || scripts.has(env)) return;
  const fetch = originalFetch(transformers);
  const response = withLimit(HEADER_LIMIT, (limited) => fetch(url, { signal: limited }), [signal]).then(readWhole);
  response.catch(() => undefined);
  const script = { url, response };
  scripts.set(env, script);
  signal.addEventListener('abort', () => scripts.get(env) === script && scripts.delete(env));
}

/** Whether a file is the script that has been requested, so that the cache does not have it. */
export function isRuntimeScriptRequested({ env }: TransformersModule, url: string): boolean {
  return scripts.get(env)?.url === url;
}

/** Resolves with the response to the early request, if the runtime makes the same request and the server has sent the script. */
export async function takeRuntimeScript(
  { env }: TransformersModule,
  url: string,
  input: RequestInfo | URL,
  init: RequestInit | undefined,
): Promise<Response | undefined> {
  const script = scripts.get(env);
  if (script?.url !== url || !isPlain(input, init)) return undefined;
  scripts.delete(env);
  const response = await script.response.catch(() => undefined);
  return response?.ok ? response : undefined;
}
