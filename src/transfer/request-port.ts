import { DownloadFailure, type Clock } from '../core/index.js';
import { withTimeLimit } from '../core/internal.js';

/** How long a port of the platform may take to answer, in ms. It is short since a load waits for it. */
const LIMIT = 1_000;

/** Ports that did not answer in time: they count as missing for as long as the realm lives. */
const silent = new WeakSet();

/**
 * What a port of the platform answers, or `undefined` where it is missing, refuses, or does not
 * answer in time. That a port is present says nothing: where the user has blocked storage, or in a
 * sandboxed frame, reading it throws or each call is rejected.
 *
 * @param read Reads the port; may throw.
 * @param ask Makes the request; may throw.
 * @param limit In ms. `Infinity` for a request that waits for others and not for the platform.
 */
export async function requestPort<P extends object, T>(
  read: () => P | undefined,
  request: (port: P) => Promise<T>,
  clock: Clock,
  limit = LIMIT,
): Promise<T | undefined> {
  let port: P | undefined;
  try {
    port = read();
    if (!port || silent.has(port)) return undefined;
    return await withTimeLimit(request(port), limit, clock);
  } catch (cause) {
    if (port && cause instanceof DownloadFailure && cause.code === 'timeout') silent.add(port);
    return undefined;
  }
}
