import type { Connectivity } from './recovery-wait.js';

/** The connection as the platform reports it. If the platform reports none, as Node 20, it is unknown. */
export const platformConnectivity: Connectivity = {
  isOnline: () => (globalThis.navigator as { onLine?: boolean } | undefined)?.onLine,
  onOnline(listener) {
    const target = globalThis as Partial<EventTarget>;
    target.addEventListener?.('online', listener);
    return () => target.removeEventListener?.('online', listener);
  },
};
