import type { TransformersModule } from 'model-download/adapters/transformers';
import { deleteFiles } from './delete-files.js';

/** A file of a {@link FakeHub}. */
interface FakeFile {
  readonly body: string;
  /** Headers of its response beside the length. */
  readonly headers?: Record<string, string>;
}

/** Replaces the network of the page: `fetch` responds from a list of files until `close()`. */
export class FakeHub {
  readonly files = new Map<string, FakeFile>();
  /** Each request: its method and its address. */
  readonly requests: string[] = [];
  /** The status of all responses; `undefined` to respond from the list. */
  status: number | undefined;
  isReachable = true;
  /** Awaited before the last byte of a file is sent. */
  beforeLastByte: (() => Promise<unknown>) | undefined;

  readonly #fetch = globalThis.fetch;

  constructor() {
    globalThis.fetch = (input, init) => this.#answer(new Request(input, init));
  }

  /** Puts a file at an address. */
  put(url: string, body: string, headers: Record<string, string> = {}): void {
    this.files.set(url, { body, headers });
  }

  /** How often a file was sent. */
  sent(url: string): number {
    return this.requests.filter((request) => request === `GET ${url}`).length;
  }

  close(): void {
    globalThis.fetch = this.#fetch;
  }

  #answer({ url, method, headers: asked }: Request): Promise<Response> {
    this.requests.push(`${method} ${url}`);
    if (!this.isReachable) return Promise.reject(new TypeError('Failed to fetch'));
    const file = this.files.get(url);
    const status = this.status ?? (file ? 200 : 404);
    if (!file || status !== 200) return Promise.resolve(new Response(null, { status }));
    const bytes = new TextEncoder().encode(file.body);
    const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(asked.get('Range') ?? '') ?? [];
    const from = Number(first ?? 0);
    const end = last ? Number(last) + 1 : bytes.length;
    const headers = new Headers({
      'Content-Type': 'application/octet-stream',
      ...file.headers,
      'Content-Length': String(end - from),
    });
    if (first) headers.set('Content-Range', `bytes ${from}-${end - 1}/${bytes.length}`);
    const body = method === 'HEAD' ? null : this.#send(bytes.subarray(from, end));
    return Promise.resolve(new Response(body, { status: first ? 206 : 200, headers }));
  }

  #send(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array> {
    return new ReadableStream({
      start: async (stream) => {
        stream.enqueue(bytes.slice(0, -1));
        await this.beforeLastByte?.();
        stream.enqueue(bytes.slice(-1));
        stream.close();
      },
    });
  }
}

/** The used part of a page's custom cache. */
export interface MatchAndPut {
  match(url: string): Promise<Response | undefined>;
  put(url: string, response: Response): Promise<void>;
}

/** A page's custom cache, with only the methods that Transformers.js requires. */
export class CustomCache implements MatchAndPut {
  readonly entries = new Map<string, Blob>();

  match(url: string): Promise<Response | undefined> {
    const blob = this.entries.get(url);
    return Promise.resolve(blob && new Response(blob, { headers: { 'Content-Length': String(blob.size) } }));
  }

  async put(url: string, response: Response): Promise<void> {
    this.entries.set(url, await response.blob());
  }
}

/** Options of {@link fakeTransformers}. */
export interface FakeTransformersOptions {
  readonly version?: string;
  readonly env?: Record<string, unknown>;
  /** Returns the files that a load requests, by the options of its pipeline. */
  readonly files: (options: { readonly dtype?: string; readonly revision?: string }) => readonly string[];
  /** Called with the texts of the files; an exception rejects the load. */
  readonly start?: (texts: readonly string[]) => void;
}

/** A module that looks up, downloads and caches files as Transformers.js does. */
export function fakeTransformers({ version = '3.8.1', env: own = {}, files, start }: FakeTransformersOptions): TransformersModule {
  const env = { version, remoteHost: 'https://hub.test/', remotePathTemplate: '{model}/resolve/{revision}/', ...own };
  const { useCustomCache, customCache } = own as { useCustomCache?: boolean; customCache?: MatchAndPut };
  const load = async (
    _task: string,
    model: string,
    options: Parameters<FakeTransformersOptions['files']>[0] & { progress_callback: (event: unknown) => void },
  ) => {
    const { progress_callback: report, revision = 'main' } = options;
    const cache = useCustomCache && customCache ? customCache : await caches.open('transformers-cache');
    const address = env.remoteHost + env.remotePathTemplate.replace('{model}', model).replace('{revision}', encodeURIComponent(revision));
    const texts = await Promise.all(
      files(options).map(async (file) => {
        report({ status: 'initiate', name: model, file });
        const url = address + file;
        const kept = await cache.match(url);
        const response = kept ?? (await fetch(url));
        if (!response.ok) throw new Error(`Could not locate file: "${url}".`);
        report({ status: 'download', name: model, file });
        const blob = await response.blob();
        if (!kept) await cache.put(url, new Response(blob, { headers: { 'Content-Length': String(blob.size) } }));
        report({ status: 'done', name: model, file });
        return blob.text();
      }),
    );
    start?.(texts);
    return () => texts;
  };
  return { env, pipeline: load };
}

/** Stores a file in the browser cache of Transformers.js. */
export async function keep(url: string, body: string, { cache = 'transformers-cache', length = body.length } = {}): Promise<void> {
  await (await caches.open(cache)).put(url, new Response(body, { headers: { 'Content-Length': String(length) } }));
}

/** The addresses of all cache entries, except for partial files of the transfer layer. */
export async function keptUrls(): Promise<readonly string[]> {
  const names = (await caches.keys()).filter((name) => !name.startsWith('model-download-partial'));
  const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return requests
    .flat()
    .map(({ url }) => url)
    .sort();
}

/** Empties Cache Storage. */
export async function clearCaches(): Promise<void> {
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
  await deleteFiles();
}
