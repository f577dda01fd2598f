import type { Connectivity } from './recovery-wait.js';

/** The platform's word on the connection; nobody's where it has none, as in Node 20. */
export const platformConnectivity: Connectivity = {
  isOnline: () => (globalThis.navigator as { onLine?: boolean } | undefined)?.onLine,
  onOnline(listener) {
    const target = globalThis as Partial<EventTarget>;
    target.addEventListener?.('online', listener);
    return () => target.removeEventListener?.('online', listener);
  },
};
