import type { Clock, Timer } from '../../core/index.js';
import { streamOf, type Chunk } from './chunk.js';

/** How long an answer that is on this device may take to be read, in ms. */
const MOMENT = 200;

/** An answer of which a moment has told whether it is all here. */
export interface InspectedAnswer {
  /** Bytes of the body, decoded, where all of it is here and the answer can be given away as it is. */
  readonly length: number | undefined;
  /** The body from its first byte on, in place of the answer's, where more is to come. */
  readonly body: ReadableStream<Chunk>;
}

/** Whether an answer is better given away as it is: browsers keep the code that they compile with the answer of their cache. */
export function isCompiled({ headers }: Response): boolean {
  return /^application\/wasm\b/i.test(headers.get('Content-Type') ?? '');
}

/**
 * Waits a moment for the end of a body. One that comes out of the browser's own cache is all here by then. What is read
 * is a copy, so that the answer can still be given away; otherwise its own body is to be cancelled.
 */
export async function inspectAnswer(response: Response, clock: Clock): Promise<InspectedAnswer> {
  const reader = streamOf(response.clone().body).getReader();
  const chunks: Chunk[] = [];
  let timer: Timer;
  const tooLate = new Promise<undefined>((resolve) => (timer = clock.setTimeout(() => resolve(undefined), MOMENT)));
  let reading = reader.read();
  try {
    for (;;) {
      const step = await Promise.race([reading, tooLate]);
      if (!step) break;
      if (step.done) return { length: chunks.reduce((sum, { length }) => sum + length, 0), body: resume(reader, chunks, reading) };
      chunks.push(step.value);
      reading = reader.read();
    }
  } catch {
    // What broke the body is read again from it, behind the bytes that came before.
  } finally {
    clock.clearTimeout(timer);
  }
  return { length: undefined, body: resume(reader, chunks, reading) };
}

type Reading = ReturnType<ReadableStreamDefaultReader<Chunk>['read']>;

/** A body of bytes that have been read already, and of those that follow. */
function resume(reader: ReadableStreamDefaultReader<Chunk>, read: Chunk[], next: Reading): ReadableStream<Chunk> {
  let reading: Reading | undefined = next;
  return new ReadableStream<Chunk>(
    {
      async pull(controller) {
        const known = read.shift();
        const step = known ? { done: false as const, value: known } : await (reading ?? reader.read());
        if (!known) reading = undefined;
        if (step.done) controller.close();
        else controller.enqueue(step.value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
