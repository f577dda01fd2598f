import type { StateStorage } from '../core/index.js';

/** `localStorage`, or `undefined` where there is none or it is blocked. */
export function browserStorage(): StateStorage | undefined {
  try {
    return (globalThis as { localStorage?: Storage }).localStorage;
  } catch {
    return undefined;
  }
}

/** How long a browser may take to answer whether it keeps the site's data, in ms: some ask the user and wait. */
const PERSIST_TIMEOUT = 10_000;

let asked: Promise<boolean | undefined> | undefined;

/**
 * Asks the browser once to keep the site's data when it runs short of room. Resolves with whether
 * it will; with `undefined` when it does not say in time, or cannot be asked.
 */
export function askToPersist(): Promise<boolean | undefined> {
  asked ??= askInTime();
  return asked;
}

async function askInTime(): Promise<boolean | undefined> {
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

/** Whether `bytes` more fit on this device; `undefined` when the browser does not say. */
export async function fitsOnDevice(bytes: number): Promise<boolean | undefined> {
  try {
    const { quota, usage } = await navigator.storage.estimate();
    return quota === undefined || usage === undefined ? undefined : quota - usage >= bytes;
  } catch {
    return undefined;
  }
}
