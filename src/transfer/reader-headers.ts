/**
 * Returns the headers of the response for a reader: those of the server's response, for a body that is decoded and complete.
 *
 * @param length `Content-Length`, in bytes; `undefined` for none.
 */
export function readerHeaders(original: Headers, length: number | undefined): Headers {
  const headers = new Headers(original);
  for (const name of ['Content-Encoding', 'Content-Range', 'Content-Length']) headers.delete(name);
  if (length !== undefined) headers.set('Content-Length', String(length));
  return headers;
}
