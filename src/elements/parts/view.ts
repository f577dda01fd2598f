import type { CSSResultGroup } from 'lit';

/** The visible part of an element. It is imported when the element has something to show. */
export interface View {
  /** The style sheets of the view, in addition to those of the element. */
  readonly styles: readonly CSSResultGroup[];
  /** Resolves when the running import of a part of the view has ended; `undefined` if none runs. */
  readonly pending?: Promise<unknown> | undefined;
}
