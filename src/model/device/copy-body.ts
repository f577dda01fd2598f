import { deferred } from '../../core/internal.js';
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
 * Returns the same response, whose body is also written to a cache while it is read. The reader receives each chunk immediately, and
 * the next one after the disk has written the chunk, so that at most two chunks are in memory. It also receives the end of the body
 * immediately. If the disk is full or does not respond, only the copy is lost.
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
  const copy = new CacheCopy(headers.get('Content-Type'), write, steps);
  let reading: ReturnType<typeof source.read> | undefined;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(stream) {
        try {
          const { done, value } = await (reading ?? source.read());
          if (done) {
            stream.close();
            await copy.finish();
            return;
          }
          const added = copy.add(value);
          stream.enqueue(value);
          reading = source.read();
          await Promise.race([added, reading.then((next) => (next.done ? undefined : added)).catch(() => added)]);
        } catch (error) {
          copy.drop(error);
          throw error;
        }
      },
      cancel(reason) {
        copy.drop(reason);
        return source.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
  return { response: new Response(body, { status, statusText, headers }), kept: copy.isKept };
}

/** Writes the copy of one body to a cache. */
class CacheCopy {
  readonly #steps: CopySteps;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #written: Promise<void>;
  readonly #isKept = deferred<boolean>();
  #size = 0;
  #isDropped = false;

  constructor(type: string | null, write: (copy: Response) => Promise<void>, steps: CopySteps) {
    this.#steps = steps;
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    this.#writer = writable.getWriter();
    this.#writer.closed.catch(() => undefined);
    this.#written = write(new Response(readable, type === null ? {} : { headers: { 'Content-Type': type } }));
    this.#written.catch((cause: unknown) => this.drop(cause));
  }

  /** Whether the cache has the whole copy. Never rejects. */
  get isKept(): Promise<boolean> {
    return this.#isKept.promise;
  }

  /** Writes one chunk. Never rejects. */
  async add(chunk: Uint8Array): Promise<void> {
    this.#size += chunk.byteLength;
    // The writer gets a copy, since the reader may transfer its chunk to another thread.
    if (!this.#isDropped) await this.#inTime(this.#writer.write(chunk.slice()));
  }

  /** Closes the copy after the last chunk. Never rejects. */
  async finish(): Promise<void> {
    if (!this.#isDropped) await this.#inTime(this.#close());
  }

  /** Drops the copy; the body continues without it. */
  drop(cause: unknown): void {
    this.#isDropped = true;
    this.#abort(cause);
    this.#isKept.resolve(false);
  }

  async #close(): Promise<void> {
    await this.#steps.onEnd();
    await this.#writer.close();
    await this.#written;
    await this.#steps.onCopied(this.#size);
    this.#isKept.resolve(true);
  }

  #abort(cause: unknown): void {
    this.#writer.abort(cause).catch(() => undefined);
  }

  async #inTime(step: Promise<void>): Promise<void> {
    // A pending write does not settle after the cache has rejected; `drop()` then settles `#isKept`.
    const settled = async (): Promise<unknown> => Promise.race([step, this.#isKept.promise]);
    await withLimit(WRITE_LIMIT, settled).catch((cause: unknown) => this.drop(cause));
  }
}
