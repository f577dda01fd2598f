import { DownloadFailure } from '../../core/index.js';
import type { BodyCheck } from '../../transfer/internal.js';

/** Settings of {@link checkedBody}. */
export interface CheckedBodyOptions {
  /** Bytes of the whole file. */
  readonly size: number;
  /** Compares the bytes with the known hashes of the file. */
  readonly check: BodyCheck;
  /** Deletes the stored file, before its reader gets the failure. Never rejects. */
  readonly onWrong: (failure: DownloadFailure) => Promise<void>;
}

/**
 * Returns the response of a stored file, whose bytes are hashed while they are read. The last chunk is held back until the hash is
 * compared. The body of a wrong file rejects with DownloadFailure `corrupt`.
 */
export function checkedBody(response: Response, options: CheckedBodyOptions): Response {
  const { check } = options;
  const reader = new CheckedReader(response, options);
  let held: Uint8Array | undefined;
  const body = new ReadableStream<Uint8Array>(
    {
      start: () => check.begin(),
      async pull(stream) {
        try {
          const ready = held ?? (await reader.read());
          held = ready && (await reader.read());
          if (ready) stream.enqueue(ready);
          if (held) return;
          check.close();
          stream.close();
        } catch (error) {
          check.close();
          reader.cancel(error).catch(() => undefined);
          throw error;
        }
      },
      cancel(reason) {
        check.close();
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { headers: response.headers });
}

/** Reads a stored file, and compares it at its end. */
class CheckedReader {
  readonly #source: ReadableStreamDefaultReader<Uint8Array>;
  readonly #options: CheckedBodyOptions;
  #length = 0;

  constructor({ body }: Response, options: CheckedBodyOptions) {
    this.#source = (body ?? new Blob().stream()).getReader();
    this.#options = options;
  }

  /** Reads the next bytes; resolves with `undefined` at the end of a correct body. @throws DownloadFailure `corrupt` for a wrong one. */
  async read(): Promise<Uint8Array | undefined> {
    const { size, check } = this.#options;
    const { done, value } = await this.#source.read();
    if (!done) {
      this.#length += value.byteLength;
      if (this.#length > size) await this.#fail(`Expected ${size} stored bytes, found ${this.#length} or more`);
      await check.update([value]);
      return value;
    }
    if (this.#length !== size) await this.#fail(`Expected ${size} stored bytes, found ${this.#length}`);
    // A stored file counts as spliced, so that `verify: 'spliced'` compares it, too: its bytes are those of an earlier visit.
    const verdict = await check.verdict({ length: this.#length, isSpliced: true });
    if (typeof verdict === 'object') await this.#fail(verdict.wrong);
    return undefined;
  }

  cancel(reason: unknown): Promise<void> {
    return this.#source.cancel(reason);
  }

  async #fail(message: string): Promise<never> {
    const failure = new DownloadFailure('corrupt', message);
    await this.#options.onWrong(failure);
    throw failure;
  }
}
