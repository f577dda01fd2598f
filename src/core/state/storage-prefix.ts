/**
 * Returns the common start of the storage keys of one kind.
 *
 * @param namespace Separates several apps on one origin; `undefined` or empty for none.
 */
export function storagePrefix(namespace: string | undefined, kind: string): string {
  return `${namespace ? `${namespace}:` : ''}${kind}_`;
}
