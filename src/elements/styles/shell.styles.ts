import { css } from 'lit';

/** The styles of an element without its view: only its live region is in the page. */
export const shell = css`
  :host {
    display: contents;
  }

  :host([hidden]) {
    display: none;
  }

  .announcement {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    /* Positioned over the element: below it, it would make a container scroll. */
    margin-block-start: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
