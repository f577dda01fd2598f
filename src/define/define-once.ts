/** An element class that knows the name of its tag. */
export interface NamedElement extends CustomElementConstructor {
  readonly tagName: string;
}

/**
 * Registers an element under its own name, unless the name is taken: two copies of this package
 * on one page must not throw. Does nothing where there is no registry, as on a server.
 */
export function defineOnce(element: NamedElement): void {
  // Typed as always there by the DOM library; absent in workers and on servers.
  const registry = globalThis.customElements as CustomElementRegistry | undefined;
  if (!registry || registry.get(element.tagName)) return;
  registry.define(element.tagName, element);
}
