import { css } from 'lit';

/** The styles of the choice between variants. */
export const variantStyles = css`
  .variants {
    display: grid;
    gap: calc(var(--_space) * 0.375rem);
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }

  .variants legend {
    margin-block-end: calc(var(--_space) * 0.375rem);
    padding: 0;
    font-weight: 600;
  }

  .variant {
    display: flex;
    gap: 0.625rem;
    padding: calc(var(--_space) * 0.5rem) calc(var(--_space) * 0.75rem);
    border: 1px solid var(--_control);
    border-radius: calc(var(--_radius) * 0.667);
    cursor: pointer;
  }

  .variant:has(:checked) {
    border-color: var(--_accent);
    box-shadow: inset 0 0 0 1px var(--_accent);
  }

  .variant input {
    flex: none;
    inline-size: 1rem;
    block-size: 1rem;
    margin: 0.125rem 0 0;
    accent-color: var(--_accent);
  }

  .variant-text {
    flex: 1;
    min-inline-size: 0;
  }

  .variant .text {
    font-weight: 500;
  }

  .variant-facts {
    display: flex;
    flex-wrap: wrap;
    column-gap: 0.75rem;
    color: var(--_muted);
    font-size: 0.923em;
  }

  .variant-facts .warning {
    color: var(--_warning);
  }

  @media (forced-colors: active) {
    .variant:has(:checked) {
      border-color: Highlight;
      outline: 1px solid Highlight;
    }
  }
`;
