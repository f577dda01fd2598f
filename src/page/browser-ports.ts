import type { StateStorage } from '../core/index.js';
import { attempt } from '../core/internal.js';

/** Returns `localStorage`, or `undefined` if it does not exist or is blocked. */
export function browserStorage(): StateStorage | undefined {
  return attempt(() => (globalThis as { localStorage?: Storage }).localStorage);
}

let request: Promise<boolean | undefined> | undefined;

/**
 * Requests once that the browser keeps the site's data when space runs low. Resolves with whether the browser does so; with
 * `undefined` if the request fails. Firefox asks the user, and the promise stays pending if the user ignores the prompt.
 */
export function requestPersistence(): Promise<boolean | undefined> {
  return (request ??= persist().catch(() => undefined));
}

/** Rejects where the browser has no such API. */
async function persist(): Promise<boolean> {
  return navigator.storage.persist();
}
