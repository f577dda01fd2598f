// Finds the real lengths of large cached entries. Engines other than Chromium copy a whole entry to report its size. Its body is
// therefore read in the background, a chunk at a time, and not during a load.

/** Real lengths, in bytes, by address and noted length. A load deletes all of them, since it may replace entries. */
const lengths = new Map<string, number>();

/** The bodies that wait to be read, by the same keys. The first one is being read. */
const waiting = new Map<string, ReadableStream<Uint8Array>>();

/** How many loads run. */
let loads = 0;

/** Ends the reading of the current body. */
let stop: (() => void) | undefined;

/**
 * Returns the real length of an entry, in bytes, or `undefined` while it is unknown. Then the body is read in the background, and a
 * later call returns the length. Consumes the body.
 */
export function largeLength(address: string, noted: number, body: ReadableStream<Uint8Array>): number | undefined {
  const key = `${noted} ${address}`;
  if (lengths.has(key) || waiting.has(key) || loads > 0) {
    body.cancel().catch(() => undefined);
    return lengths.get(key);
  }
  waiting.set(key, body);
  // One at a time: each keeps the disk busy.
  if (waiting.size === 1) void readAll();
  return undefined;
}

/**
 * Stops the reading and deletes all lengths: a load needs the disk and may replace entries. Nothing is read until every function that
 * this function has returned is called.
 */
export function pauseReadingEntries(): () => void {
  loads += 1;
  lengths.clear();
  for (const body of waiting.values()) if (!body.locked) body.cancel().catch(() => undefined);
  waiting.clear();
  stop?.();
  stop = undefined;
  return () => void (loads -= 1);
}

async function readAll(): Promise<void> {
  for (const [key, body] of waiting) {
    const source = body.getReader();
    const own = (): void => void source.cancel().catch(() => undefined);
    stop = own;
    const length = await lengthOf(source).catch(() => undefined);
    // A load has paused this call. Bodies that were added after that are read by another call.
    if (stop !== own) return;
    if (length !== undefined) lengths.set(key, length);
    waiting.delete(key);
  }
}

async function lengthOf(source: ReadableStreamDefaultReader<Uint8Array>): Promise<number> {
  let length = 0;
  for (;;) {
    const { done, value } = await source.read();
    if (done) return length;
    length += value.byteLength;
  }
}
