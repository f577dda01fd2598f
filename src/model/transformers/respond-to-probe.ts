/** Creates the response to version 4's probe for the size of a listed file; returns `undefined` if the server must receive the probe. */
export function respondToProbe(file: string, size: number | undefined): Response | undefined {
  // An empty file has no first byte. A file that is not listed may exist.
  if (!size) return undefined;
  const type = file.endsWith('.json') ? 'application/json' : 'application/octet-stream';
  const headers = { 'Content-Range': `bytes 0-0/${size}`, 'Content-Length': '1', 'Content-Type': type };
  return new Response(new Uint8Array(1), { status: 206, headers });
}
