import { css } from 'lit';

/** The styles of the list of files, and of the button that shows it. */
export const fileStyles = css`
  .toggle {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 0.375rem;
    inline-size: calc(100% + 0.25rem);
    min-block-size: 2rem;
    margin-inline-start: -0.25rem;
    padding: 0;
    border: 0;
    border-radius: 0.375rem;
    background: none;
    color: inherit;
    font: inherit;
    font-weight: 500;
    cursor: pointer;
  }

  .toggle .label {
    flex: 1 0 auto;
    text-align: start;
    white-space: nowrap;
  }

  /* Without enough width the count is below the label. */
  .toggle .figure {
    margin-inline-start: auto;
    font-weight: 400;
    white-space: normal;
    text-align: end;
  }

  .toggle .icon {
    transition: rotate 120ms;
  }

  .toggle:dir(rtl) .icon {
    scale: -1 1;
  }

  .toggle[aria-expanded='true'] .icon {
    rotate: 90deg;
  }

  .toggle:dir(rtl)[aria-expanded='true'] .icon {
    rotate: -90deg;
  }

  .files:not([hidden]) {
    max-block-size: 12rem;
    margin-block-start: 0.375rem;
    padding: calc(var(--_space) * 0.625rem) calc(var(--_space) * 0.75rem);
    overflow: auto;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) * 0.667);
    background: var(--_raised);
    font-size: 0.923em;
  }

  .files ul {
    display: grid;
    gap: calc(var(--_space) * 0.625rem);
  }

  .file {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0.25rem 0.75rem;
  }

  .file .track {
    grid-column: 1 / -1;
    block-size: 0.1875rem;
  }

  /* On small screens only the dialog scrolls. */
  @media (height < 24rem) {
    .files:not([hidden]) {
      max-block-size: none;
    }
  }

  @container (inline-size < 18rem) {
    .file {
      grid-template-columns: minmax(0, 1fr);
    }
  }

  @container (inline-size < 14rem) {
    .toggle {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
    }

    .toggle .label {
      white-space: normal;
    }

    .toggle .figure {
      grid-column: 2;
      text-align: start;
    }
  }

  /* A border would make such a thin bar look full. */
  @media (forced-colors: active) {
    .file .track {
      block-size: 0.5rem;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .toggle .icon {
      transition: none;
    }
  }
`;
