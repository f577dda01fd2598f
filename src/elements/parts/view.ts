import type { CSSResultGroup } from 'lit';

/** What an element draws. It is imported when the element has something to show. */
export interface View {
  /** The style sheets that the view needs, beside those of the element. */
  readonly styles: readonly CSSResultGroup[];
}
