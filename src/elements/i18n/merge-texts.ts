import { check } from '../../core/internal.js';

/**
 * Returns a copy of `base` with the values of `more`. Keys that `base` does not have are ignored.
 *
 * @param path The name of `more` in an error message.
 * @throws {TypeError} When `more`, or a text in it, has another type than in `base`.
 */
export function mergeTexts<T>(base: T, more: unknown, path = 'texts'): T {
  check(typeof more === typeof base && more !== null, path, more, `of type ${typeof base}`);
  if (typeof base !== 'object') return more as T;
  const merged = Object.entries(base as object).map(([key, value]: [string, unknown]) => {
    const override = (more as Readonly<Record<string, unknown>>)[key];
    return [key, override === undefined ? value : mergeTexts(value, override, `${path}.${key}`)];
  });
  return Object.fromEntries(merged) as T;
}
