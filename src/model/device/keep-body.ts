import { withLimit } from '../time-limit.js';

/** How long the disk may take for one chunk, or to finish a file, in ms, before the file is not kept. */
const WRITE_LIMIT = 10_000;

/** What is to be done around the end of a body that is kept. */
export interface KeepSteps {
  /** Before the last byte is written. */
  readonly onEnd: () => Promise<void>;
  /** @param size Bytes of the body, all of which are written. */
  readonly onKept: (size: number) => Promise<void>;
}

/**
 * The same response, whose body is written as it is read. The reader waits for the disk, so that no
 * more than a chunk is in memory. A disk that is full, or does not answer, costs the copy only.
 */
export function keepBody(
  response: Response,
  write: (copy: Response) => Promise<void>,
  { onEnd, onKept }: KeepSteps,
): { readonly response: Response; readonly kept: Promise<boolean> } {
  const { status, statusText, headers } = response;
  const source = (response.body ?? new Blob().stream()).getReader();
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const copy = writable.getWriter();
  const type = headers.get('Content-Type');
  const written = write(new Response(readable, type === null ? {} : { headers: { 'Content-Type': type } }));
  written.catch((cause: unknown) => void copy.abort(cause).catch(() => undefined));
  copy.closed.catch(() => undefined);
  let size = 0;
  let settle: (isKept: boolean) => void = () => undefined;
  const kept = new Promise<boolean>((resolve) => (settle = resolve));
  const giveUp = (cause?: unknown): void => {
    void copy.abort(cause).catch(() => undefined);
    settle(false);
  };
  const inTime = (step: Promise<void>): Promise<void> => withLimit(WRITE_LIMIT, () => step);
  const finish = async (): Promise<void> => {
    await onEnd();
    await copy.close();
    await written;
    await onKept(size);
    settle(true);
  };
  let isCopied = true;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(stream) {
        try {
          const { done, value } = await source.read();
          if (done) {
            stream.close();
            if (isCopied) await inTime(finish()).catch(giveUp);
            return;
          }
          size += value.byteLength;
          // A copy: the reader may hand its chunk on to another thread.
          if (isCopied) {
            await inTime(copy.write(value.slice())).catch((cause: unknown) => {
              isCopied = false;
              giveUp(cause);
            });
          }
          stream.enqueue(value);
        } catch (error) {
          giveUp(error);
          throw error;
        }
      },
      cancel(reason) {
        giveUp(reason);
        return source.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
  return { response: new Response(body, { status, statusText, headers }), kept };
}
