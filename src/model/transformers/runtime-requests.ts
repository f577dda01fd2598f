/** The first requests of this package for files of the ONNX Runtime: address → `performance.now()`. */
const own = new Map<string, number>();

/** What the browser has recorded of a request. WebKitGTK does not record the status. */
type Received = Pick<PerformanceResourceTiming, 'startTime' | 'decodedBodySize'> & { readonly responseStatus?: number | undefined };

/** Bytes that an error page does not have, and every file of the ONNX Runtime has. */
const LEAST = 1_000_000;

/** Records that this package requests a file of the ONNX Runtime. */
export function noteOwnRequest(url: string): void {
  if (!own.has(url)) own.set(url, performance.now());
}

/**
 * Whether this realm has received a whole file before this package requested it. Then the ONNX Runtime has it already, or the browser's
 * cache does. `false` if the browser has not recorded that: it records up to 250 requests of a page by default.
 */
export function wasReceivedByPage(url: string): boolean {
  const before = own.get(url) ?? Infinity;
  const entries: readonly Received[] = performance.getEntriesByName(url, 'resource') as PerformanceResourceTiming[];
  // The size is 0 if the server does not allow its timing to be read.
  const isFile = ({ responseStatus, decodedBodySize }: Received): boolean =>
    responseStatus === 200 || (responseStatus === undefined && decodedBodySize >= LEAST);
  return entries.some((entry) => entry.startTime < before && isFile(entry));
}
