import { copyBytes, type CompleteBody } from '../../transfer/internal.js';

/** Reads a file into memory, and deletes its stored bytes: they take the room that it needs in the cache. */
export async function moveToMemory(blob: Blob, body: CompleteBody | undefined): Promise<ArrayBuffer> {
  const bytes = await blob.arrayBuffer();
  await body?.delete();
  return bytes;
}

/**
 * Resolves with the bytes of the runtime's file when it has arrived: those in the store, if it has all of them, or else those in memory.
 *
 * @param response A clone of the response that the runtime reads.
 * @param completed Resolves with the complete body, if the transfer layer offers one.
 * @param isDirect Whether only the runtime reads the response, which does not change its bytes. Then these are used instead of the clone:
 * to read a clone copies each byte on this thread.
 */
export async function arrivedFile(response: Response, completed: Promise<CompleteBody>, isDirect: boolean): Promise<Blob> {
  const copied = isDirect ? copyBytes(response) : undefined;
  if (!copied) {
    const whole = response.blob();
    return Promise.race([whole, completed.then(async (body) => (await blobOf(body, body.length)) ?? whole)]);
  }
  response.body?.cancel().catch(() => undefined);
  const chunks = await copied;
  const body = await valueNow(completed);
  return (body && (await blobOf(body, body.length))) ?? new Blob([...chunks]);
}

/** Resolves with the value of a promise that is fulfilled already; with `undefined` for any other. */
export function valueNow<T>(promise: Promise<T>): Promise<T | undefined> {
  return Promise.race([promise, Promise.resolve(undefined)]);
}

/** Resolves with the bytes of a body that has the expected length; with `undefined` if they are not stored. */
export async function blobOf(body: CompleteBody, length: number): Promise<Blob | undefined> {
  const blob = await body.blob().catch(() => undefined);
  return blob?.size === length ? blob : undefined;
}
