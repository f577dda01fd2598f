import { withLimit } from '../../model/index.js';
import { requestPersistence } from '../browser-ports.js';

/** How long the browser may take to report each value, in ms. */
const LIMIT = 5_000;

/** What the browser reports about the storage of the whole site; each value is `undefined` if it does not report it. */
export interface BrowserStorage {
  /** Bytes in use. */
  readonly usage: number | undefined;
  /** Bytes that the site may use, including those in use. */
  readonly quota: number | undefined;
  /** Whether the browser keeps the data when space runs low. */
  readonly isPersistent: boolean | undefined;
}

/** Reads what the browser reports. Never rejects: a method can be missing, as in an insecure context, and can reject or hang. */
export async function readBrowserStorage(): Promise<BrowserStorage> {
  const [estimate, isPersistent] = await Promise.all([
    resultOf(() => navigator.storage.estimate()),
    resultOf(() => navigator.storage.persisted()),
  ]);
  return { usage: bytesOf(estimate?.usage), quota: bytesOf(estimate?.quota), isPersistent };
}

let request: Promise<boolean | undefined> | undefined;

/** Requests persistence as `requestPersistence()`, and again if the user or the browser has refused it before. */
export async function requestPersistenceAgain(): Promise<boolean | undefined> {
  const first = requestPersistence();
  // A second request beside a pending one would open a second prompt.
  if (await isPending(first)) return first;
  request ??= resultOf(() => navigator.storage.persist(), Infinity).finally(() => (request = undefined));
  return request;
}

async function isPending(promise: Promise<unknown>): Promise<boolean> {
  let hasSettled = false;
  void promise.then(() => (hasSettled = true));
  await Promise.resolve();
  return !hasSettled;
}

async function resultOf<T>(request: () => Promise<T>, limit = LIMIT): Promise<T | undefined> {
  try {
    return await withLimit(limit, request);
  } catch {
    return undefined;
  }
}

function bytesOf(value: number | undefined): number | undefined {
  return value !== undefined && Number.isFinite(value) && value >= 0 ? value : undefined;
}
