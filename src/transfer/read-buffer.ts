import { attempt, contentLengthOf } from '../core/internal.js';
import type { Chunk } from './network/chunk.js';

/**
 * Reads the body of a response into one buffer. Results and errors are those of `Response.prototype.arrayBuffer()`, which copies each chunk
 * of a constructed stream into memory of the browser, and at the end all of them into the result. This function copies each chunk once, when
 * it arrives.
 */
export async function readBuffer(response: Response): Promise<ArrayBuffer> {
  const { body, bodyUsed } = response;
  const length = contentLengthOf(response) ?? 0;
  // A length that is wrong may be too large to allocate.
  const buffer = body && !bodyUsed && !body.locked && length > 0 ? attempt(() => new ArrayBuffer(length)) : undefined;
  if (!body || !buffer) return Response.prototype.arrayBuffer.call(response);
  let bytes: Chunk = new Uint8Array(buffer);
  let end = 0;
  const reader = body.getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    const next = end + step.value.length;
    if (next > bytes.length) bytes = enlarge(bytes, 2 * next);
    bytes.set(step.value, end);
    end = next;
  }
  return end === bytes.length ? bytes.buffer : bytes.buffer.slice(0, end);
}

function enlarge(bytes: Chunk, length: number): Chunk {
  const larger = new Uint8Array(length);
  larger.set(bytes);
  return larger;
}
