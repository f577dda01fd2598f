import type { LastUsePlace } from './last-use.js';
import { attempt } from '../core/internal.js';
import { variantKey } from './model-variant.js';

/**
 * Stores the variant that is loaded, for the next visits, or deletes it if it is `undefined`. If storage is blocked or full, the
 * next visit has the page's variant.
 */
export function storeVariant({ storage, namespace }: LastUsePlace, modelKey: string, variant: string | undefined): void {
  const key = variantKey(namespace, modelKey);
  attempt(() => (variant === undefined ? storage?.removeItem(key) : storage?.setItem(key, variant)));
}

/** The variant that was loaded last, on this or an earlier visit; `null` or `undefined` if none is stored. */
export function storedVariant({ storage, namespace }: LastUsePlace, modelKey: string): string | null | undefined {
  return attempt(() => storage?.getItem(variantKey(namespace, modelKey)));
}
