import { createTransformersLoader, type ModelLoaderContext, type PipelineOptions } from 'model-download/adapters/transformers';
import type { PlanEntry } from 'model-download/core';
import { AbsentFiles } from '#dist/model/absent-files.js';
import { deferred } from '../support/deferred.js';

export const HOST = 'https://hub.example/';
export const MODEL = 'own/model';
export const LISTING = `${HOST}api/models/${MODEL}/tree/main?recursive=true`;

/** The address of a file of the model. */
export const fileUrl = (file: string): string => `${HOST}${MODEL}/resolve/main/${file}`;

/** The files of the model as a hub would list them. */
export const FILES: Readonly<Record<string, number>> = {
  'config.json': 700,
  'tokenizer.json': 3_000,
  'tokenizer_config.json': 300,
  'onnx/model_quantized.onnx': 5_000_000,
};

/** A listing in the hub's format. */
export function listingOf(files: Readonly<Record<string, number>> = FILES): Response {
  return Response.json(Object.entries(files).map(([path, size]) => ({ type: 'file', path, size })));
}

/** One call of `fetch`. */
export interface Call {
  readonly url: string;
  readonly init: RequestInit | undefined;
}

/** Responds to the requests of a module; `undefined` means 404. */
export type Server = (url: string, init?: RequestInit) => Response | Promise<Response> | undefined;

export interface FakeLoadOptions {
  readonly version?: string;
  readonly server: Server;
  /** The work of `pipeline()` with the `fetch` of its module. Default: it never settles. */
  readonly pipeline?: (fetch: typeof globalThis.fetch) => Promise<unknown>;
  /** Further settings of the module. */
  readonly env?: object;
  /** Whether the page has frozen the settings. */
  readonly isFrozen?: boolean;
  readonly options?: PipelineOptions;
  readonly learned?: readonly PlanEntry[];
  /** The transfer layer. Default: none. */
  readonly openFetch?: ModelLoaderContext['openFetch'];
}

/** Runs the loader with a fake module, by default of version 4, and a network in memory. */
export function fakeLoad({ version = '4.0.0', server, pipeline, env: more, isFrozen, options, learned, openFetch }: FakeLoadOptions) {
  const calls: Call[] = [];
  const events: Record<string, unknown>[] = [];
  const fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const url = input instanceof Request ? input.url : String(input);
    calls.push({ url, init });
    return (await server(url, init)) ?? new Response(null, { status: 404 });
  };
  const started = deferred<undefined>();
  const env = { version, remoteHost: HOST, useBrowserCache: false, fetch, ...more };
  if (isFrozen) Object.freeze(env);
  const transformers = {
    env,
    pipeline: () => {
      started.resolve(undefined);
      return pipeline?.((input, init) => env.fetch(input, init)) ?? new Promise(() => undefined);
    },
  };
  const controller = new AbortController();
  const listeners = new Set<() => void>();
  const context: ModelLoaderContext = {
    progress_callback: (event) => {
      events.push(event as Record<string, unknown>);
      for (const look of listeners) look();
    },
    report: (signal) => context.progress_callback(signal),
    signal: controller.signal,
    recover: (cause) => Promise.reject(cause),
    fetch,
    openFetch,
  };
  const memory = { recall: () => learned, doubt: () => undefined, absent: new AbsentFiles(() => []), forget: () => undefined };
  const result = createTransformersLoader({ task: 'fill-mask', model: MODEL, options }, transformers, memory)(context);
  result.catch(() => undefined);
  /** Resolves with the first event that `test` accepts. */
  const event = (test: (event: Record<string, unknown>) => boolean): Promise<Record<string, unknown>> =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = events.find(test);
        if (!found) return;
        listeners.delete(look);
        resolve(found);
      };
      listeners.add(look);
      look();
    });
  return { calls, events, event, result, started: started.promise, env, end: (reason: unknown) => controller.abort(reason) };
}
