/** Whether a request is for a whole file: a GET without a body and without a `Range` header. */
export function isDownload(input: RequestInfo | URL, init: RequestInit | undefined): boolean {
  const headers = headersOf(input, init);
  return headers !== undefined && !headers.has('Range');
}

/** Whether a request is version 4's probe for the size of a file: for its first byte, bypassing the HTTP cache. */
export function isProbe(input: RequestInfo | URL, init: RequestInit | undefined): boolean {
  return init?.cache === 'no-store' && headersOf(input, init)?.get('Range') === 'bytes=0-0';
}

/** Whether a request has the default settings: an early request without any has the same credentials. */
export function isPlain(input: RequestInfo | URL, { credentials = 'same-origin', method = 'GET', ...others }: RequestInit = {}): boolean {
  if (typeof input !== 'string' && !(input instanceof URL)) return false;
  const isDefault = Object.values(others as Record<string, unknown>).every((value) => value === undefined || value === null);
  return isDefault && credentials === 'same-origin' && method === 'GET';
}

/** The headers of a GET without a body; `undefined` for any other request. */
function headersOf(input: RequestInfo | URL, init: RequestInit = {}): Headers | undefined {
  const request = input instanceof Request ? input : undefined;
  const { method = request?.method ?? 'GET', headers = request?.headers, body } = init;
  if (method.toUpperCase() !== 'GET' || body) return undefined;
  try {
    return new Headers(headers);
  } catch {
    // The platform's `fetch` reports what is wrong with them.
    return undefined;
  }
}
