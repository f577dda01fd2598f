/** An element class with the name of its tag. */
export interface NamedElement extends CustomElementConstructor {
  readonly tagName: string;
}

/**
 * Registers an element under its tag name, unless the name is registered: two copies of this package on one page must
 * not throw. Does nothing without a registry, as on a server.
 */
export function defineOnce(element: NamedElement): void {
  // The DOM types always have it; workers and servers do not.
  const registry = globalThis.customElements as CustomElementRegistry | undefined;
  if (!registry || registry.get(element.tagName)) return;
  registry.define(element.tagName, element);
}
