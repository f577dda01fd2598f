/** As `Promise.allSettled`, but a promise that is pending after `limit` ms counts as rejected. */
export function settleWithin(values: readonly unknown[], limit: number): Promise<PromiseSettledResult<unknown>[]> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DOMException('No response', 'TimeoutError')), limit);
  });
  const settled = Promise.allSettled(values.map((value) => Promise.race([value, expired])));
  return settled.finally(() => clearTimeout(timer));
}
