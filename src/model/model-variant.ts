import { attempt, storagePrefix } from '../core/internal.js';
import type { ModelDefinition } from './model-definition.js';
import type { StoragePlace } from './storage-place.js';

/**
 * Returns the definition with the changes of a variant, whose key is its `variant`. A definition without variants is returned
 * unchanged.
 *
 * @param chosen The key that the user has chosen. If it is `undefined`, `null` or unknown, the variant is that of the definition, or
 * else the first.
 */
export function withVariant(definition: ModelDefinition, chosen?: string | null): ModelDefinition {
  const { variants = {}, name } = definition;
  const variant = [chosen, definition.variant, ...Object.keys(variants)].find((key): key is string =>
    Object.hasOwn(variants, key as PropertyKey),
  );
  if (variant === undefined) return definition;
  const changes = variants[variant] as { readonly options?: object };
  const options = { ...(definition as { options?: object }).options, ...changes.options };
  // The files of the definition are those of none of its variants.
  return { ...definition, files: undefined, ...changes, options, name, variant };
}

/** The storage key of the variant that was loaded last. */
export function variantKey(namespace: string | undefined, modelKey: string): string {
  return storagePrefix(namespace, 'download_variant') + modelKey;
}

/** The variant that was loaded last, on this or an earlier visit; `null` or `undefined` if none is stored. */
export function storedVariant({ storage, namespace }: StoragePlace, modelKey: string): string | null | undefined {
  return attempt(() => storage?.getItem(variantKey(namespace, modelKey)));
}
