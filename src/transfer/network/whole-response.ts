import type { Clock, Timer } from '../../core/index.js';
import { lengthOf, streamOf, type Chunk } from './chunk.js';
import { WasmSections, type ModuleEnd } from './wasm-sections.js';

/** How long reading a response that is on this device may take, in ms. */
const MOMENT = 200;

/** A response that has been read for a moment, which shows whether it is on this device. */
export interface InspectedResponse {
  /** Bytes of the body, decoded, if all of it has arrived and the response can be passed on as it is; else `undefined`. */
  readonly length: number | undefined;
  /** How the body ends, if it has ended. */
  readonly moduleEnd: ModuleEnd;
  /** The body from its first byte on, which replaces the response's if more bytes follow. */
  readonly body: ReadableStream<Chunk>;
}

/** Whether the file is WebAssembly. Chromium stores the compiled code only with its own response, so that is best passed on unchanged. */
export function isCompiled({ headers }: Response): boolean {
  return /^application\/wasm\b/i.test(headers.get('Content-Type') ?? '');
}

/**
 * Waits a moment for the end of a body. By then, a body from the browser's own cache has arrived. A copy is read, so that the
 * response can still be passed on. If it is not passed on, its own body must be cancelled.
 */
export async function inspectResponse(response: Response, clock: Clock): Promise<InspectedResponse> {
  const reader = streamOf(response.clone().body).getReader();
  const chunks: Chunk[] = [];
  let timer: Timer;
  const tooLate = new Promise<undefined>((resolve) => (timer = clock.setTimeout(() => resolve(undefined), MOMENT)));
  let reading = reader.read();
  try {
    for (;;) {
      const step = await Promise.race([reading, tooLate]);
      if (!step) break;
      if (step.done) return { ...ended(chunks), body: resume(reader, chunks, reading) };
      chunks.push(step.value);
      reading = reader.read();
    }
  } catch {
    // The error is read again after the bytes that arrived before it.
  } finally {
    clock.clearTimeout(timer);
  }
  return { length: undefined, moduleEnd: 'unknown', body: resume(reader, chunks, reading) };
}

/** Returns what all chunks of a body show. */
function ended(chunks: readonly Chunk[]): Pick<InspectedResponse, 'length' | 'moduleEnd'> {
  const sections = new WasmSections();
  for (const chunk of chunks) sections.add(chunk);
  return { length: lengthOf(chunks), moduleEnd: sections.end };
}

type Reading = ReturnType<ReadableStreamDefaultReader<Chunk>['read']>;

/** Returns a body of the bytes in `read`, which have been read already, and of those that follow. */
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
