import { DownloadFailure } from '../failure/download-failure.js';
import type { Clock } from './clock.js';
import { withTimeLimit } from './time-limit.js';

/** How long an interface of the platform may take to respond, in ms: a load waits for it. */
const LIMIT = 1_000;

/** Interfaces that did not respond in time. Each counts as missing until it responds: a disk may only be slow. */
const silent = new WeakSet();

/**
 * Resolves with the result of an interface of the platform, or with `undefined` if the interface is missing, refuses, or does
 * not respond in time. An interface that exists may still not work. If the user has blocked storage, or in a sandboxed frame,
 * reading the interface throws, or each call rejects.
 *
 * @param read Returns the interface; may throw.
 * @param request Calls it; may throw.
 * @param limit In ms. `Infinity` for a request that waits for other tabs and not for the platform.
 */
export async function requestPort<P extends object, T>(
  read: () => P | undefined,
  request: (port: P) => Promise<T>,
  clock: Clock,
  limit = LIMIT,
): Promise<T | undefined> {
  let port: P | undefined;
  let answer: Promise<T> | undefined;
  try {
    port = read();
    if (!port || silent.has(port)) return undefined;
    answer = request(port);
    return await withTimeLimit(answer, limit, clock);
  } catch (cause) {
    if (port && answer && cause instanceof DownloadFailure && cause.code === 'timeout') markSilent(port, answer);
    return undefined;
  }
}

function markSilent(port: object, answer: Promise<unknown>): void {
  const forget = (): void => void silent.delete(port);
  silent.add(port);
  answer.then(forget, forget);
}
