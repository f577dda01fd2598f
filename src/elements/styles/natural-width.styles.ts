import { css } from 'lit';

/**
 * The width of an element that answers container queries, where its surroundings take their width from it: in a
 * flex row, a table cell, an absolute position. Containment alone makes that width 0.
 */
export const naturalWidth = css`
  :host {
    break-inside: avoid;
  }

  .frame {
    container-type: inline-size;
  }

  /* Two words that may stand below each other: together as wide as the element likes to be, alone as narrow as it can be. */
  :host::before {
    content: '. .';
    display: block;
    block-size: 0;
    min-inline-size: 8rem;
    overflow: hidden;
    font-size: 1px;
    word-spacing: 24rem;
    white-space: normal;
    visibility: hidden;
  }

  /* Not none: a live region must stand in the page before words are put into it. */
  :host(:state(empty)) {
    display: contents;
  }

  :host(:state(empty))::before {
    display: none;
  }

  :host([hidden]) {
    display: none;
  }
`;
