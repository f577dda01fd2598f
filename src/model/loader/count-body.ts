import { contentLengthOf } from '../../core/internal.js';

/** Callbacks for the bytes of one body. */
export interface BodyListener {
  /** Called after each chunk. @param loaded Decoded bytes so far. */
  readonly onBytes: (loaded: number) => void;
  /** Called after the last chunk. @param loaded Decoded bytes in total. */
  readonly onEnd: (loaded: number) => void;
}

/** Returns the same response, whose bytes are reported while they are read. A response without a body ends immediately. */
export function countBody(response: Response, { onBytes, onEnd }: BodyListener): Response {
  if (!response.body) {
    onEnd(0);
    return response;
  }
  let loaded = 0;
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      loaded += chunk.byteLength;
      onBytes(loaded);
      controller.enqueue(chunk);
    },
    flush: () => onEnd(loaded),
  });
  const { status, statusText, headers } = response;
  return new Response(response.body.pipeThrough(counter), { status, statusText, headers });
}

/** Decoded bytes of a body, from `Content-Length`; `undefined` if the header is missing or the body is compressed. */
export function bodyLength(response: Response): number | undefined {
  return response.headers.has('Content-Encoding') ? undefined : contentLengthOf(response);
}
