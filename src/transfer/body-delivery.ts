// In: the chunks of a file body. Out: the response of the caller, with a stream of those chunks, or the server's own.
import { BodyCopy } from './body-copy.js';
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
  /** Whether the file was requested before its reader requested it. */
  readonly isEarly: boolean;
  readonly hasEnded: () => boolean;
  /** Returns the next chunks of the body; `undefined` at the end. */
  readonly next: () => Promise<readonly Chunk[] | undefined>;
  /** Called when the whole body has been read. */
  readonly onComplete: () => void;
  /** Ends the download, and returns the error for the reader. */
  readonly fail: (error: unknown) => unknown;
  /** Called with the reason when the reader cancels the body. */
  readonly onCancel: (reason: unknown) => void;
}

/** Delivers the body of one download to its caller. */
export class BodyDelivery {
  readonly #options: DeliveryOptions;

  constructor(options: DeliveryOptions) {
    this.#options = options;
  }

  /** Returns the server's response with the body of the download. */
  respond(connection: Connection): Response {
    const { body, reader, signal, isEarly, hasEnded, next, onComplete, fail, onCancel } = this.#options;
    const copy = new BodyCopy();
    let cause: unknown;
    let isUnread = true;
    if (isEarly) void this.#readAhead(() => isUnread && !hasEnded());
    const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
      isUnread = false;
      reader.begin();
      try {
        const chunks = await abortable(next(), signal);
        for (const chunk of chunks ?? []) controller.enqueue(chunk);
        copy.add(chunks ?? []);
        if (body.isComplete) {
          controller.close();
          onComplete();
          copy.end();
        } else {
          reader.rest();
        }
      } catch (error) {
        cause = fail(error);
        copy.fail(cause);
        throw cause;
      }
    };
    const cancel = (reason: unknown): void => {
      onCancel(reason);
      copy.fail(reason);
    };
    const stream = new ReadableStream<Uint8Array>({ pull, cancel }, { highWaterMark: 0 });
    return respond(stream, connection, body.headers, { copy, cause: () => cause });
  }

  /**
   * Reads the copy of a response to its end, while the caller reads the response itself. The bytes are stored for a second request.
   * If the whole response was on this device already, nothing is stored, and the promise resolves with its number of bytes. Else it
   * resolves with `undefined`.
   *
   * @throws the error that ends the response and its copy.
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
