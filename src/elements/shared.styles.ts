import { css } from 'lit';

/** Colors of every element: the page's tokens, or values that reach WCAG 2.2 AA in light and dark. */
export const colors = css`
  :host {
    --_accent: var(--model-download-accent-color, #2f5fe0);
    --_accent-text: var(--model-download-accent-text-color, #fff);
    --_surface: var(--model-download-surface-color, #fff);
    --_raised: var(--model-download-raised-color, #f6f7f9);
    --_text: var(--model-download-text-color, #17191e);
    --_muted: var(--model-download-muted-color, #5c6270);
    --_border: var(--model-download-border-color, #e3e5ea);
    --_control: var(--model-download-control-border-color, #8a90a0);
    --_track: var(--model-download-track-color, #e6e8ed);
    --_success: var(--model-download-success-color, #147a45);
    --_warning: var(--model-download-warning-color, #945700);
    --_danger: var(--model-download-danger-color, #c0272d);
    --_radius: var(--model-download-radius, 0.75rem);
    --_font: var(--model-download-font-family, system-ui, sans-serif);
    --_space: var(--model-download-spacing, 1);
  }

  :host([density='compact']) {
    --_space: var(--model-download-spacing, 0.6);
    --_small: var(--model-download-font-size, 0.8125rem);
  }

  @supports (color: light-dark(#000, #fff)) {
    :host {
      --_accent: var(--model-download-accent-color, light-dark(#2f5fe0, #8aa9ff));
      --_accent-text: var(--model-download-accent-text-color, light-dark(#fff, #0c1330));
      --_surface: var(--model-download-surface-color, light-dark(#fff, #16181d));
      --_raised: var(--model-download-raised-color, light-dark(#f6f7f9, #1e2127));
      --_text: var(--model-download-text-color, light-dark(#17191e, #eceef2));
      --_muted: var(--model-download-muted-color, light-dark(#5c6270, #a0a6b4));
      --_border: var(--model-download-border-color, light-dark(#e3e5ea, #2c3038));
      --_control: var(--model-download-control-border-color, light-dark(#8a90a0, #6c7280));
      --_track: var(--model-download-track-color, light-dark(#e6e8ed, #30343d));
      --_success: var(--model-download-success-color, light-dark(#147a45, #58c98c));
      --_warning: var(--model-download-warning-color, light-dark(#945700, #e3b04b));
      --_danger: var(--model-download-danger-color, light-dark(#c0272d, #ff8a8a));
    }
  }
`;

/** What the elements have in common beside their colors. */
export const basics = css`
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

  /* A foreign name in its own direction, cut at its own end, on the side of the words around it. */
  .text {
    display: block;
    overflow: hidden;
    text-align: -webkit-match-parent;
    text-align: match-parent;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .announcement {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
`;

/** The bar. */
export const bars = css`
  .track {
    position: relative;
    overflow: hidden;
    inline-size: 100%;
    block-size: var(--model-download-track-size, 0.375rem);
    border-radius: 1rem;
    background: var(--_track);
  }

  .track:dir(rtl) {
    --_forward: -1;
  }

  /* Moved, not resized: a transform needs no layout, and its transition no main thread. */
  .fill {
    block-size: 100%;
    border-radius: inherit;
    background: var(--_tone, var(--_accent));
    transform: translateX(calc(var(--_forward, 1) * (var(--_share, 0) - 1) * 100%));
    transition: transform 120ms linear;
  }

  .fill.unknown {
    inline-size: 30%;
    transform: none;
    animation: pass 1.6s ease-in-out infinite alternate;
  }

  [data-status='preparing'] .fill {
    animation: breathe 1.4s ease-in-out infinite alternate;
  }

  @keyframes pass {
    to {
      /* Seven of the ten tenths of the track, by a fill of three. */
      transform: translateX(calc(var(--_forward, 1) * 700% / 3));
    }
  }

  @keyframes breathe {
    to {
      opacity: 0.55;
    }
  }

  [data-status='paused'],
  [data-status='cancelled'],
  [data-status='idle'] {
    --_tone: var(--_muted);
  }

  [data-status='stalled'],
  [data-status='waiting'] {
    --_tone: var(--_warning);
  }

  [data-status='completed'] {
    --_tone: var(--_success);
  }

  [data-status='failed'] {
    --_tone: var(--_danger);
  }

  @media (prefers-reduced-motion: reduce) {
    .fill,
    .fill.unknown,
    [data-status='preparing'] .fill {
      animation: none;
      transition: none;
    }

    .fill.unknown {
      inline-size: 100%;
      opacity: 0.4;
    }
  }

  @media (forced-colors: active) {
    .track {
      border: 1px solid CanvasText;
    }

    .fill {
      forced-color-adjust: none;
      background: Highlight;
    }
  }
`;

/** Buttons with words. */
export const buttons = css`
  .button {
    /* A target is never less than 24 px. */
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
    border-color: transparent;
    color: var(--_muted);
  }

  @media (forced-colors: active) {
    .button {
      border-color: ButtonText;
    }
  }
`;

/** Buttons with a symbol. */
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
