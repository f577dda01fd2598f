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

  /* A name in another direction is truncated at its own end, after two lines, and aligned with the text around it. */
  .text {
    display: -webkit-box;
    overflow: hidden;
    text-align: -webkit-match-parent;
    text-align: match-parent;
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
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
