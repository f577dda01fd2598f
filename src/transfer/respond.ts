import type { BodyCopy } from './body-copy.js';
import type { Connection } from './network/connection.js';
import { readBuffer } from './read-buffer.js';

/** The methods that read a whole body, except for `arrayBuffer()`. */
const READERS = ['blob', 'bytes', 'formData', 'json', 'text'] as const;

type Reader = (this: Response) => Promise<unknown>;

/** What a response has beside its body. */
interface BodySource {
  readonly copy: BodyCopy;
  readonly cause: () => unknown;
}

/**
 * Creates the response for a caller: that of the server, with one body over all connections.
 *
 * @param headers As `readerHeaders()` returns them.
 * @param source The bytes of the body for a second reader, and `cause()`, which returns the error that has ended the body; `undefined` if
 * there is none.
 */
export function respond(
  body: ReadableStream<Uint8Array>,
  { response, isRange }: Connection,
  headers: Headers,
  source: BodySource,
): Response {
  return complete(new Response(body, { status: 200, statusText: isRange ? 'OK' : response.statusText, headers }), response, source);
}

/**
 * Adds to a constructed response its address, which loaders read. Its methods reject with the error that ended the body, where
 * Chromium would reject `arrayBuffer()` and the others with `TypeError: Failed to fetch`, even after an abort.
 */
function complete(response: Response, original: Response, source: BodySource): Response {
  const { url, redirected } = original;
  const rethrow = (error: unknown): never => {
    throw source.cause() ?? error;
  };
  const own: PropertyDescriptorMap = {
    url: { value: url },
    redirected: { value: redirected },
    arrayBuffer: { value: () => readBuffer(response).catch(rethrow) },
  };
  for (const name of READERS) {
    const read = (response as Partial<Record<typeof name, Reader>>)[name];
    if (read) own[name] = { value: () => read.call(response).catch(rethrow) };
  }
  own.clone = { value: () => complete(Response.prototype.clone.call(response), response, source) };
  source.copy.offer(response);
  return Object.defineProperties(response, own);
}
