/** Settles as `promise` does, or resolves with `undefined` after `limit` ms. */
export async function withinLimit<T>(promise: Promise<T> | T, limit: number): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), limit)));
  return Promise.race([promise, tooLate]).finally(() => clearTimeout(timer));
}
