// Readers of foreign values: parsed JSON, and the events of a runtime.

/** More bytes than any file has. Sums over a thousand such files are still exact. */
const MOST_BYTES = 2 ** 43;

/** Whether a value is an object, so that its fields can be read. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Returns the fields of a value; no fields if the value is not an object. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

/** Returns a number of bytes without its fraction; `undefined` for a value that cannot be a number of bytes. */
export function readBytes(value: unknown): number | undefined {
  const isUsable = typeof value === 'number' && value >= 0 && value <= MOST_BYTES;
  return isUsable ? Math.floor(value) : undefined;
}
