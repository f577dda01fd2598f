import { attempt } from '../core/internal.js';

/** The custom states of an element, for `:state()` in CSS. */
export class CustomStates {
  readonly #internals: Partial<ElementInternals> | undefined;

  #shown = new Set<string>();

  constructor(host: HTMLElement) {
    // The types always have it; happy-dom does not.
    this.#internals = (host.attachInternals as (() => ElementInternals) | undefined)?.call(host);
  }

  /** Sets the states, and removes all others. */
  show(...names: readonly string[]): void {
    const next = new Set(names);
    for (const name of this.#shown) if (!next.has(name)) this.#change('delete', name);
    for (const name of next) if (!this.#shown.has(name)) this.#change('add', name);
    this.#shown = next;
  }

  #change(action: 'add' | 'delete', name: string): void {
    // `states` is undefined on servers. Chrome before 125 accepts only names that begin with two dashes, and does not support
    // `:state()`.
    attempt(() => this.#internals?.states?.[action](name));
  }
}
