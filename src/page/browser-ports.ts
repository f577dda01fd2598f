import type { Connectivity, StateStorage } from '../core/index.js';

/** The browser's word on the connection; nobody's where there is no browser. */
export const browserConnectivity: Connectivity = {
  isOnline: () => (globalThis.navigator as Navigator | undefined)?.onLine,
  onOnline(listener) {
    const target = globalThis as Partial<EventTarget>;
    target.addEventListener?.('online', listener);
    return () => target.removeEventListener?.('online', listener);
  },
};

/** `localStorage`, or `undefined` where there is none or it is blocked. */
export function browserStorage(): StateStorage | undefined {
  try {
    return (globalThis as { localStorage?: Storage }).localStorage;
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
