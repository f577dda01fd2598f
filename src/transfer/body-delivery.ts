// In: the chunks of a file body. Out: the response of the caller, with a stream of those chunks, or the server's own.
import type { FileBody } from './file-body.js';
import { abortable } from './network/abortable.js';
import type { Chunk } from './network/chunk.js';
import type { Connection } from './network/connection.js';
import type { ReaderWatch } from './reader-watch.js';
import { respond } from './respond.js';

/** The download whose body is delivered. */
export interface DeliveryOptions {
  readonly body: FileBody;
  readonly reader: ReaderWatch;
  readonly signal: AbortSignal;
  /** Whether the file was requested before its reader. */
  readonly isEarly: boolean;
  readonly hasEnded: () => boolean;
  /** Returns the next chunks of the body; `undefined` at the end. */
  readonly next: () => Promise<readonly Chunk[] | undefined>;
  /** Called when the whole body has been read. */
  readonly onComplete: () => void;
  /** Ends the download, and returns the error for the reader. */
  readonly fail: (error: unknown) => unknown;
  /** Called with the reason of a reader that stops. */
  readonly onCancel: (reason: unknown) => void;
}

/** Delivers the body of one download to its caller. */
export class BodyDelivery {
  readonly #options: DeliveryOptions;

  constructor(options: DeliveryOptions) {
    this.#options = options;
  }

  /** The server's response with the body of the download. */
  respond(connection: Connection): Response {
    const { body, reader, signal, isEarly, hasEnded, next, onComplete, fail, onCancel } = this.#options;
    let cause: unknown;
    let isUnread = true;
    if (isEarly) void this.#readAhead(() => isUnread && !hasEnded());
    const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
      isUnread = false;
      reader.begin();
      try {
        const chunks = await abortable(next(), signal);
        for (const chunk of chunks ?? []) controller.enqueue(chunk);
        if (body.isComplete) {
          controller.close();
          onComplete();
        } else {
          reader.rest();
        }
      } catch (error) {
        throw (cause = fail(error));
      }
    };
    const stream = new ReadableStream<Uint8Array>({ pull, cancel: onCancel }, { highWaterMark: 0 });
    return respond(stream, connection, body.length, () => cause);
  }

  /**
   * Reads the copy of a response that the caller reads itself to its end, so that its bytes are stored for a second request.
   * Resolves with the bytes of a response that was on this device as a whole, of which nothing was stored; else with `undefined`.
   *
   * @throws what ends the response for both of its readers.
   */
  async readCopy(copy: Promise<Connection>): Promise<number | undefined> {
    const { body, hasEnded, next } = this.#options;
    const { untouched } = await copy;
    if (untouched !== undefined) return untouched;
    while (!hasEnded() && !body.isComplete) await next();
    return undefined;
  }

  async #readAhead(isUnread: () => boolean): Promise<void> {
    const { body, reader } = this.#options;
    await body.readAhead(isUnread);
    if (isUnread()) reader.rest();
  }
}
