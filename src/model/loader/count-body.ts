/** Hears of the bytes of one body. */
export interface BodyListener {
  /** @param loaded Decoded bytes so far. */
  readonly onBytes: (loaded: number) => void;
  /** @param loaded Decoded bytes in all. */
  readonly onEnd: (loaded: number) => void;
}

/** The same response, whose bytes are told of as they are read. One without a body ends at once. */
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

/** Bytes of a body as it will be read; `undefined` where the length is that of a compressed one, or missing. */
export function bodyLength({ headers }: Response): number | undefined {
  const length = Number(headers.get('Content-Length') ?? NaN);
  return headers.has('Content-Encoding') || !Number.isSafeInteger(length) ? undefined : length;
}
