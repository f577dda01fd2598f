import { css } from 'lit';

/** The colors of all elements: the page's custom properties, or defaults that meet WCAG 2.2 AA in light and dark. */
export const colors = css`
  :host {
    --_accent: var(--model-download-accent-color, #2f5fe0);
    --_accent-text: var(--model-download-accent-text-color, #fff);
    --_surface: var(--model-download-surface-color, #fff);
    --_raised: var(--model-download-raised-color, #f6f7f9);
    --_text: var(--model-download-text-color, #17191e);
    --_muted: var(--model-download-muted-color, #5c6270);
    --_border: var(--model-download-border-color, #e3e5ea);
    --_control: var(--model-download-control-border-color, #868c9c);
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
      --_control: var(--model-download-control-border-color, light-dark(#868c9c, #6c7280));
      --_track: var(--model-download-track-color, light-dark(#e6e8ed, #30343d));
      --_success: var(--model-download-success-color, light-dark(#147a45, #58c98c));
      --_warning: var(--model-download-warning-color, light-dark(#945700, #e3b04b));
      --_danger: var(--model-download-danger-color, light-dark(#c0272d, #ff8a8a));
    }
  }
`;
