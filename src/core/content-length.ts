/** Returns `Content-Length` in bytes, compressed if there is a content coding; `undefined` if it is missing or invalid. */
export function contentLengthOf(response: Pick<Response, 'headers'> | undefined): number | undefined {
  const value = response?.headers.get('Content-Length') ?? '';
  return /^\d+$/.test(value) && Number.isSafeInteger(Number(value)) ? Number(value) : undefined;
}
