/** The result of `use`; `undefined` if it throws, such as storage that is blocked or full. */
export function attempt<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
