/** The first requests of this package for files of the ONNX Runtime: address → `performance.now()`. */
const own = new Map<string, number>();

/** Records that this package requests a file of the ONNX Runtime. */
export function noteOwnRequest(url: string): void {
  if (!own.has(url)) own.set(url, performance.now());
}

/**
 * Whether this realm has requested a file before this package did. Then the ONNX Runtime has it already, or the browser's cache does.
 * `false` if the browser has not recorded it: it records up to 250 requests of a page by default.
 */
export function wasRequestedByPage(url: string): boolean {
  const before = own.get(url) ?? Infinity;
  return performance.getEntriesByName(url, 'resource').some(({ startTime }) => startTime < before);
}
