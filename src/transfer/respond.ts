import type { Connection } from './network/connection.js';

/**
 * The answer that a caller is given: as the server's, with one body over all connections.
 *
 * @param length `Content-Length`, in bytes; `undefined` for none.
 */
export function respond(body: ReadableStream<Uint8Array>, { response, isRange }: Connection, length: number | undefined): Response {
  const headers = new Headers(response.headers);
  // The body is decoded, and is the whole.
  for (const name of ['Content-Encoding', 'Content-Range', 'Content-Length']) headers.delete(name);
  if (length !== undefined) headers.set('Content-Length', String(length));
  const answer = new Response(body, { status: 200, statusText: isRange ? 'OK' : response.statusText, headers });
  // Only the platform can set them, and loaders read them.
  const { url, redirected } = response;
  return Object.defineProperties(answer, { url: { value: url }, redirected: { value: redirected } });
}
