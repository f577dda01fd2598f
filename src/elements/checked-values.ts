// Values from any script, checked before an element shows them.

/** One of the known texts; `undefined` for any other value. */
export function oneOf<T extends string>(known: Readonly<Record<T, unknown>>, value: unknown): T | undefined {
  return typeof value === 'string' && Object.hasOwn(known, value) ? (value as T) : undefined;
}

/** A number from 0 up; `undefined` for any other value. */
export function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** A boolean; `undefined` for any other value. */
export function flag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/** A text that is not blank, shortened to `longest` characters; `undefined` for any other value. */
export function text(value: unknown, longest: number): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? cut(value, longest) : undefined;
}

/** A text, shortened to `longest` characters. */
export function cut(value: string, longest: number): string {
  return value.length > longest ? `${value.slice(0, longest)}…` : value;
}
