/**
 * `base` with everything that `more` says otherwise; keys that `base` has not are left out.
 *
 * @param path What `more` is called in an error.
 * @throws {TypeError} When `more`, or a text in it, is of another type than in `base`.
 */
export function mergeTexts<T>(base: T, more: unknown, path = 'texts'): T {
  if (typeof more !== typeof base || more === null) throw new TypeError(`${path} is no ${typeof base}`);
  if (typeof base !== 'object') return more as T;
  const merged = Object.entries(base as object).map(([key, value]: [string, unknown]) => {
    const said = (more as Readonly<Record<string, unknown>>)[key];
    return [key, said === undefined ? value : mergeTexts(value, said, `${path}.${key}`)];
  });
  return Object.fromEntries(merged) as T;
}
