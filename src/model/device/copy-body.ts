import { withLimit } from '../request-limits.js';

/** How long the disk may take to write one chunk or to finish a file, in ms, before the copy is given up. */
const WRITE_LIMIT = 10_000;

/** Steps around the end of a body that is copied. */
export interface CopySteps {
  /** Called before the copy is closed. */
  readonly onEnd: () => Promise<void>;
  /** Called once the whole copy is written. @param size Bytes of the body. */
  readonly onCopied: (size: number) => Promise<void>;
}

/**
 * The same response, whose body is also written to a cache while it is read. The reader waits for the disk, so that at
 * most one chunk is in memory. If the disk is full or does not answer, only the copy is lost.
 *
 * @param write Stores the copy.
 */
export function copyBody(
  response: Response,
  write: (copy: Response) => Promise<void>,
  steps: CopySteps,
): { readonly response: Response; readonly kept: Promise<boolean> } {
  const { status, statusText, headers } = response;
  const source = (response.body ?? new Blob().stream()).getReader();
  const copy = new BodyCopy(headers.get('Content-Type'), write, steps);
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(stream) {
        try {
          const { done, value } = await source.read();
          if (done) {
            stream.close();
            await copy.finish();
            return;
          }
          await copy.add(value);
          stream.enqueue(value);
        } catch (error) {
          copy.giveUp(error);
          throw error;
        }
      },
      cancel(reason) {
        copy.giveUp(reason);
        return source.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
  return { response: new Response(body, { status, statusText, headers }), kept: copy.isKept };
}

/** The copy of one body, on its way to a cache. */
class BodyCopy {
  /** Whether the cache has the whole copy. Never rejects. */
  readonly isKept: Promise<boolean>;

  readonly #steps: CopySteps;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #written: Promise<void>;
  #settle: (isKept: boolean) => void = () => undefined;
  #size = 0;
  #isGivenUp = false;

  constructor(type: string | null, write: (copy: Response) => Promise<void>, steps: CopySteps) {
    this.#steps = steps;
    this.isKept = new Promise((resolve) => (this.#settle = resolve));
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    this.#writer = writable.getWriter();
    this.#writer.closed.catch(() => undefined);
    this.#written = write(new Response(readable, type === null ? {} : { headers: { 'Content-Type': type } }));
    this.#written.catch((cause: unknown) => this.#abort(cause));
  }

  /** Writes one chunk. Never rejects. */
  async add(chunk: Uint8Array): Promise<void> {
    this.#size += chunk.byteLength;
    // The writer gets a copy, since the reader may transfer its chunk to another thread.
    if (!this.#isGivenUp) await this.#inTime(this.#writer.write(chunk.slice()));
  }

  /** Closes the copy after the last chunk. Never rejects. */
  async finish(): Promise<void> {
    if (!this.#isGivenUp) await this.#inTime(this.#close());
  }

  /** Drops the copy; the body goes on without it. */
  giveUp(cause: unknown): void {
    this.#isGivenUp = true;
    this.#abort(cause);
    this.#settle(false);
  }

  async #close(): Promise<void> {
    await this.#steps.onEnd();
    await this.#writer.close();
    await this.#written;
    await this.#steps.onCopied(this.#size);
    this.#settle(true);
  }

  #abort(cause: unknown): void {
    this.#writer.abort(cause).catch(() => undefined);
  }

  async #inTime(step: Promise<void>): Promise<void> {
    await withLimit(WRITE_LIMIT, () => step).catch((cause: unknown) => this.giveUp(cause));
  }
}
