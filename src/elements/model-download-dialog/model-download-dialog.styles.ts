import { css } from 'lit';
import { bars } from '../styles/bars.styles.js';
import { basics } from '../styles/basics.styles.js';
import { buttons, iconButtons } from '../styles/buttons.styles.js';
import { colors } from '../styles/colors.styles.js';
import { fileStyles } from './dialog-files.styles.js';

export const styles = [
  colors,
  basics,
  bars,
  buttons,
  iconButtons,
  fileStyles,
  css`
    :host {
      display: contents;
    }

    :host([hidden]) {
      display: none;
    }

    .dialog {
      inline-size: var(--model-download-dialog-inline-size, 28rem);
      /* Under a zoom of the page the percentages are those of the window, unlike the units of the viewport. */
      max-inline-size: calc(100% - min(2rem, 10%));
      max-block-size: calc(100% - 2rem);
      padding: 0;
      overflow: auto;
      /* A focused element must not be hidden under the footer. */
      scroll-padding-block-end: 8rem;
      border: 1px solid var(--_border);
      border-radius: calc(var(--_radius) * 1.25);
      background: var(--_surface);
      color: var(--_text);
      visibility: visible;
      pointer-events: auto;
      font-family: var(--_font);
      font-size: var(--_small, var(--model-download-font-size, 0.875rem));
      line-height: 1.45;
      container-type: inline-size;
      box-shadow:
        0 1.5rem 4rem rgb(0 0 0 / 22%),
        0 0.25rem 1rem rgb(0 0 0 / 10%);
    }

    .dialog:focus {
      outline: none;
    }

    .dialog::backdrop {
      background: var(--model-download-backdrop-color, rgb(10 12 18 / 45%));
    }

    p,
    h2,
    ul {
      margin: 0;
      padding: 0;
    }

    ul {
      list-style: none;
    }

    .muted {
      color: var(--_muted);
    }

    .header {
      display: flex;
      align-items: flex-start;
      gap: 0.75rem;
      padding-block-start: calc(var(--_space) * 1.125rem);
      padding-inline: calc(var(--_space) * 1.25rem) calc(var(--_space) * 1rem);
    }

    .heading {
      flex: 1;
      min-inline-size: 0;
    }

    .title {
      font-size: 1rem;
      font-weight: 600;
      line-height: 1.5rem;
    }

    .status {
      display: flex;
      flex-wrap: wrap;
      column-gap: 0.5rem;
      color: var(--_tone, var(--_muted));
      font-variant-numeric: tabular-nums;
    }

    .body {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: calc(var(--_space) * 1rem);
      padding: calc(var(--_space) * 1.125rem) calc(var(--_space) * 1.25rem) 0;
    }

    download-recovery {
      max-inline-size: none;
    }

    .progress {
      display: grid;
      gap: 0.5rem;
    }

    .progress .track {
      block-size: var(--model-download-track-size, 0.5rem);
    }

    .figures {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      justify-content: space-between;
      column-gap: 1rem;
      min-block-size: 1.25rem;
    }

    .large {
      font-size: calc(1em + var(--_space) * 0.875rem);
      font-weight: 600;
      letter-spacing: -0.02em;
      line-height: 1.2857;
      white-space: normal;
    }

    .facts {
      display: grid;
      gap: 0.5rem;
    }

    .facts li,
    .notice {
      display: flex;
      gap: 0.5rem;
    }

    .facts .icon,
    .notice .icon {
      margin-block-start: 0.125rem;
      color: var(--_muted);
    }

    .facts .warning,
    .facts .warning .icon,
    .hint {
      color: var(--_warning);
    }

    .hint {
      display: flex;
      gap: 0.5rem;
      margin-block-end: 0.375rem;
    }

    .hint .icon {
      margin-block-start: 0.125rem;
    }

    .terms[hidden],
    .hint:not(:has(*)) {
      display: none;
    }

    .notice {
      color: var(--_muted);
      font-size: 0.923em;
    }

    .footer {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: flex-end;
      gap: 0.5rem;
      position: sticky;
      inset-block-end: 0;
      margin-block-start: 0.25rem;
      padding: calc(var(--_space) * 1rem) calc(var(--_space) * 1.25rem) calc(var(--_space) * 1.25rem);
      background: var(--_surface);
    }

    .footer[hidden] {
      display: none;
    }

    .body.last {
      padding-block-end: calc(var(--_space) * 1.25rem);
    }

    /* With "Cancel" there can be three buttons, which are in one row in each language. */
    .footer:has(.quiet) {
      column-gap: 0.375rem;
    }

    .footer:has(.quiet) .button {
      padding-inline: 0.5rem;
    }

    .footer .quiet {
      margin-inline-end: auto;
    }

    /* A sticky footer would leave no space for the content. */
    @media (height < 24rem) {
      .dialog {
        scroll-padding: 0;
      }

      .footer {
        position: static;
      }
    }

    @container (inline-size < 14rem) {
      .header,
      .body,
      .footer {
        padding-inline: calc(var(--_space) * 0.625rem);
      }

      .header {
        gap: 0.25rem;
      }

      .footer {
        position: static;
      }
    }

    @container (inline-size < 24rem) {
      .footer .button {
        flex: 1 1 auto;
      }

      .footer .quiet {
        margin-inline-end: 0;
      }
    }
  `,
];
