import type { Connectivity } from './recovery-wait.js';

/** The connection as the platform reports it. Where it does not, as in Node 20, the connection is unknown. */
export const platformConnectivity: Connectivity = {
  isOnline: () => (globalThis.navigator as { onLine?: boolean } | undefined)?.onLine,
  onOnline(listener) {
    const target = globalThis as Partial<EventTarget>;
    target.addEventListener?.('online', listener);
    return () => target.removeEventListener?.('online', listener);
  },
};
