/** Shows one name at a time among the custom states of an element. */
export class CustomStates {
  readonly #internals: Partial<ElementInternals> | undefined;

  #shown = new Set<string>();

  constructor(host: HTMLElement) {
    // Typed as always there; happy-dom, in which pages test themselves, lacks it.
    this.#internals = (host.attachInternals as (() => ElementInternals) | undefined)?.call(host);
  }

  /** Replaces the states that were shown before. */
  show(...names: readonly string[]): void {
    const next = new Set(names);
    for (const name of this.#shown) if (!next.has(name)) this.#change('delete', name);
    for (const name of next) if (!this.#shown.has(name)) this.#change('add', name);
    this.#shown = next;
  }

  #change(action: 'add' | 'delete', name: string): void {
    try {
      // Absent on servers.
      this.#internals?.states?.[action](name);
    } catch {
      // Chrome before 125 takes only names that begin with two dashes, and has no `:state()` to read them.
    }
  }
}
