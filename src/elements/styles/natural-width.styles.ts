import { css } from 'lit';

/**
 * The width of a container-query element in a container that is sized by its content: a flex row, a table cell, an absolute
 * position. Containment alone would make that width 0.
 */
export const naturalWidth = css`
  :host {
    break-inside: avoid;
  }

  .frame {
    container-type: inline-size;
  }

  /* Two words that can wrap: side by side they have the preferred width, wrapped the minimum width. */
  :host::before {
    content: '. .';
    display: block;
    block-size: 0;
    /* Less on a small screen with large text. */
    min-inline-size: min(8rem, 40vi);
    overflow: hidden;
    font-size: 1px;
    word-spacing: 24rem;
    white-space: normal;
    visibility: hidden;
  }

  /* Not "display: none": a live region must be in the page before it gets a text. */
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
