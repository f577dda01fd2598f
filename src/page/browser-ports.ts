import type { StateStorage } from '../core/index.js';

/** Returns `localStorage`, or `undefined` if it does not exist or is blocked. */
export function browserStorage(): StateStorage | undefined {
  try {
    return (globalThis as { localStorage?: Storage }).localStorage;
  } catch {
    return undefined;
  }
}

/** The time limit for `persist()`, in ms: some browsers ask the user and wait. */
const PERSIST_TIMEOUT = 10_000;

let request: Promise<boolean | undefined> | undefined;

/**
 * Requests once that the browser keeps the site's data under storage pressure. Resolves with the answer; with `undefined`
 * if the browser does not answer in time or does not support it.
 */
export function requestPersistence(): Promise<boolean | undefined> {
  request ??= requestInTime();
  return request;
}

async function requestInTime(): Promise<boolean | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), PERSIST_TIMEOUT)));
  try {
    return await Promise.race([persist(), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

async function persist(): Promise<boolean | undefined> {
  try {
    return await navigator.storage.persist();
  } catch {
    return undefined;
  }
}

/** Whether this device has space for `bytes` more; `undefined` if the browser does not report it. */
export async function fitsOnDevice(bytes: number): Promise<boolean | undefined> {
  try {
    const { quota, usage } = await navigator.storage.estimate();
    return quota === undefined || usage === undefined ? undefined : quota - usage >= bytes;
  } catch {
    return undefined;
  }
}
