import { css } from 'lit';

/** The styles of buttons with a text. */
export const buttons = css`
  .button {
    /* WCAG 2.5.8 requires targets of at least 24 px. */
    min-block-size: calc(1.5rem + var(--_space) * 0.75rem);
    padding: calc(var(--_space) * 0.375rem) calc(0.375rem + var(--_space) * 0.5rem);
    border: 1px solid var(--_control);
    border-radius: var(--model-download-control-radius, calc(var(--_radius) * 0.667));
    background: transparent;
    color: var(--_text);
    font: inherit;
    font-weight: 500;
    line-height: 1.25;
    cursor: pointer;
  }

  .button:hover {
    background: color-mix(in srgb, var(--_text) 7%, transparent);
  }

  .button.primary {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_accent-text);
  }

  .button.primary:hover {
    background: color-mix(in srgb, var(--_accent) 88%, var(--_text));
  }

  .button.quiet {
    border-color: var(--_border);
    color: var(--_muted);
  }

  @media (forced-colors: active) {
    .button,
    .button.quiet {
      border-color: ButtonText;
    }

    .button.primary,
    .button.primary:hover {
      border-color: Highlight;
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }

    .button:focus-visible {
      outline-color: CanvasText;
    }
  }
`;

/** The styles of buttons with an icon. */
export const iconButtons = css`
  .icon-button {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: calc(1.5rem + var(--_space) * 0.5rem);
    block-size: calc(1.5rem + var(--_space) * 0.5rem);
    padding: 0;
    border: 1px solid transparent;
    border-radius: 0.5rem;
    background: transparent;
    color: var(--_muted);
    cursor: pointer;
  }

  .icon-button:hover {
    background: color-mix(in srgb, var(--_text) 7%, transparent);
    color: var(--_text);
  }

  @media (forced-colors: active) {
    .icon-button {
      border-color: ButtonText;
    }
  }
`;
