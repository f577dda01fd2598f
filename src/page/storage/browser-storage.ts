import { withLimit } from '../../model/index.js';

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

/**
 * Requests that the browser keeps the site's data when space runs low. Resolves with whether the browser does so; with `undefined` if
 * the request fails. Firefox asks the user, and the promise stays pending if the user ignores the prompt.
 */
export function requestPersistentStorage(): Promise<boolean | undefined> {
  // A second request would open a second prompt.
  return (request ??= persist().finally(() => (request = undefined)));
}

async function persist(): Promise<boolean | undefined> {
  try {
    return await navigator.storage.persist();
  } catch {
    return undefined;
  }
}

async function resultOf<T>(request: () => Promise<T>): Promise<T | undefined> {
  try {
    return await withLimit(LIMIT, request);
  } catch {
    return undefined;
  }
}

function bytesOf(value: number | undefined): number | undefined {
  return value !== undefined && Number.isFinite(value) && value >= 0 ? value : undefined;
}
