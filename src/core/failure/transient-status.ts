/** Whether an HTTP error status may change with the next request: a timeout, `Too Early`, a rate limit or a server error. */
export function isTransientStatus(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500;
}
