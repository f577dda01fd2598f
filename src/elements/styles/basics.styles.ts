import { css } from 'lit';

/** The styles that all elements share, except colors. */
export const basics = css`
  :host {
    text-indent: 0;
    white-space: normal;
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  .icon {
    display: block;
    flex: none;
    inline-size: 1rem;
    block-size: 1rem;
  }

  .figure {
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }

  /* A name is truncated at its own end, after two lines. */
  .text {
    display: -webkit-box;
    overflow: hidden;
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }

  /*
   * A name in another direction: the box is aligned with the text around it, and its lines with their own start. If the lines were aligned
   * with their end, Chromium would draw the "…" outside of the box.
   */
  [dir='rtl'] .text:dir(ltr),
  [dir='ltr'] .text:dir(rtl) {
    inline-size: fit-content;
    max-inline-size: 100%;
    text-align: start;
  }

  /* Large text on a small screen. */
  @container (inline-size < 14rem) {
    * {
      hyphens: auto;
      overflow-wrap: anywhere;
    }

    .figure {
      white-space: normal;
    }

    .text {
      -webkit-line-clamp: 6;
    }
  }

  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
`;
