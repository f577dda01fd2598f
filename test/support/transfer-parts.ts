// Requests, answers and bodies for the tests of the modules of transfer.
import type { FetchLike } from 'model-download/core';
import type { Connection } from '#dist/transfer/network/connection.js';
import type { Chunk } from '#dist/transfer/network/chunk.js';
import { DownloadRequest } from '#dist/transfer/download-request.js';

let files = 0;

/** The address of a file that no other test uses: the library records some facts by address. */
export function newUrl(name = 'model.bin'): string {
  return `https://hub.example/${++files}/${name}`;
}

export function bytesOf(...values: number[]): Chunk {
  return Uint8Array.from(values);
}

/** How an {@link answer} differs from a plain one. */
export interface AnswerParts {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly type?: ResponseType;
  readonly url?: string;
  readonly redirected?: boolean;
}

/** A response of a server: of the page's own origin, unless `type` is `cors`. */
export function answer(
  body: BodyInit | null,
  { status = 200, headers = {}, type = 'basic', url = '', redirected = false }: AnswerParts = {},
): Response {
  const content = typeof body === 'string' ? streamOf(body) : body;
  const response = new Response(content, { status, headers: { 'Content-Type': 'application/octet-stream', ...headers } });
  return Object.defineProperties(response, { type: { value: type }, url: { value: url }, redirected: { value: redirected } });
}

/** A body whose bytes arrive by promises alone: a browser's own takes a time that a fake clock does not wait for. */
function streamOf(text: string): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      if (text) controller.enqueue(new TextEncoder().encode(text));
      controller.close();
    },
  });
}

/** A request for a file. */
export function requestFor(url: string, fetch: FetchLike, init: RequestInit = {}): DownloadRequest {
  const request = DownloadRequest.of(url, init, fetch);
  if (!request) throw new Error('Expected a download');
  return request;
}

/** A connection with a plain response, where nothing else is given. */
export function connectionOf(parts: Partial<Connection> = {}): Connection {
  return {
    response: answer('0123456789'),
    isRange: false,
    start: 0,
    end: undefined,
    isPlaced: true,
    declared: undefined,
    coding: 'none',
    version: { total: undefined, validator: undefined },
    ...parts,
  };
}

/** A body whose chunks a test sends. */
export class PushedBody {
  /** The reason of the reader that has cancelled the body; `undefined` before that. */
  cancelled: { readonly reason: unknown } | undefined;
  readonly stream: ReadableStream<Chunk>;
  #controller!: ReadableStreamDefaultController<Chunk>;

  constructor() {
    this.stream = new ReadableStream<Chunk>({
      start: (controller) => void (this.#controller = controller),
      cancel: (reason) => void (this.cancelled = { reason }),
    });
  }

  push(...chunks: readonly Chunk[]): void {
    for (const chunk of chunks) this.#controller.enqueue(chunk);
  }

  end(): void {
    this.#controller.close();
  }

  fail(error: unknown): void {
    this.#controller.error(error);
  }
}

/** The bytes of all chunks. */
export function flat(chunks: readonly Chunk[] | undefined): number[] {
  return (chunks ?? []).flatMap((chunk) => [...chunk]);
}
