/** Calls `use` and returns its result, or `undefined` if it throws. Storage throws, for example, when it is blocked or full. */
export function attempt<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
