import type { StateStorage } from '../core/index.js';
import { attempt, storagePrefix } from '../core/internal.js';
import type { ModelDefinition } from './model-definition.js';

/**
 * The definition with the changes of a variant, and its key as `variant`; the same definition without variants.
 *
 * @param chosen The key that the user has chosen; `undefined` or an unknown one for the definition's own, or else the first.
 */
export function withVariant(definition: ModelDefinition, chosen?: string): ModelDefinition {
  const { variants, name } = definition;
  if (!variants) return definition;
  const variant = [chosen, definition.variant, ...Object.keys(variants)].find((key) => Object.hasOwn(variants, key ?? ''));
  const changes: Readonly<Record<string, unknown>> = { ...variants[variant ?? ''] };
  const options = { ...(definition as { options?: object }).options, ...(changes.options as object | undefined) };
  // The files of the definition are those of none of its variants.
  return { ...definition, files: undefined, ...changes, options, name, variant };
}

/** The variant that was loaded last, on this or an earlier visit; `undefined` if none is stored. */
export function storedVariant(storage: StateStorage | undefined, namespace: string | undefined, modelKey: string): string | undefined {
  return attempt(() => storage?.getItem(variantKey(namespace, modelKey))) ?? undefined;
}

/** The storage key of the variant that was loaded last. */
export function variantKey(namespace: string | undefined, modelKey: string): string {
  return storagePrefix(namespace, 'download_variant') + modelKey;
}
