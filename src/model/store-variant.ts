import type { StoragePlace } from './storage-place.js';
import { attempt } from '../core/internal.js';
import { variantKey } from './model-variant.js';

/**
 * Stores the variant that is loaded, for the next visits, or deletes it if it is `undefined`. If storage is blocked or full, the
 * next visit has the page's variant.
 */
export function storeVariant({ storage, namespace }: StoragePlace, modelKey: string, variant: string | undefined): void {
  const key = variantKey(namespace, modelKey);
  attempt(() => (variant === undefined ? storage?.removeItem(key) : storage?.setItem(key, variant)));
}
