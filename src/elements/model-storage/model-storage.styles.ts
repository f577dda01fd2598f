import { css } from 'lit';
import { basics } from '../styles/basics.styles.js';
import { buttons } from '../styles/buttons.styles.js';
import { colors } from '../styles/colors.styles.js';
import { naturalWidth } from '../styles/natural-width.styles.js';

export const styles = [
  colors,
  basics,
  buttons,
  naturalWidth,
  css`
    :host,
    :host(:state(empty)) {
      position: relative;
      display: block;
      max-inline-size: var(--model-download-storage-inline-size, 40rem);
      color: var(--_text);
      font-family: var(--_font);
      font-size: var(--_small, var(--model-download-font-size, 0.875rem));
      line-height: 1.45;
    }

    :host(:state(empty))::before {
      display: block;
    }

    .storage {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: calc(var(--_space) * 0.75rem);
      padding: calc(var(--_space) * 1rem) calc(var(--_space) * 1.125rem);
      border: 1px solid var(--_border);
      border-radius: var(--_radius);
      background: var(--_surface);
    }

    p,
    h2,
    h3,
    ul {
      margin: 0;
      padding: 0;
    }

    /* Not "none", with which Safari does not report a list. */
    ul {
      list-style-type: '';
    }

    .title {
      font-size: 1rem;
      font-weight: 600;
      line-height: 1.5rem;
    }

    .subtitle {
      font-size: inherit;
      font-weight: 600;
    }

    .model {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: calc(var(--_space) * 0.375rem) 1rem;
      padding-block: calc(var(--_space) * 0.625rem);
      border-block-start: 1px solid var(--_border);
    }

    .model:last-child {
      border-block-end: 1px solid var(--_border);
    }

    .words {
      flex: 1 1 12rem;
      min-inline-size: 0;
    }

    .name {
      font-weight: 600;
    }

    .facts {
      display: flex;
      flex-wrap: wrap;
      column-gap: 0.75rem;
      color: var(--_muted);
      font-variant-numeric: tabular-nums;
    }

    .size {
      color: var(--_text);
    }

    [data-state='unfinished'] .status,
    [data-state='pending'] .status {
      color: var(--_warning);
    }

    .unseen {
      visibility: hidden;
    }

    [data-state='in-use'] .status,
    [data-state='complete'] .status {
      color: var(--_success);
    }

    .hint,
    .note,
    .site {
      color: var(--_muted);
    }

    .hint {
      font-size: 0.923em;
    }

    .actions {
      display: flex;
      flex-wrap: wrap;
      gap: 0.5rem;
    }

    .actions:empty {
      display: none;
    }

    .site {
      display: grid;
      justify-items: start;
      gap: calc(var(--_space) * 0.5rem);
    }

    .others {
      inline-size: 100%;
      margin-block-start: calc(var(--_space) * 0.25rem);
    }

    .other {
      display: flex;
      flex-wrap: wrap;
      justify-content: space-between;
      column-gap: 1rem;
    }

    .other .figure {
      margin-inline-start: auto;
    }

    .subtitle,
    .other {
      color: var(--_text);
    }

    [aria-disabled='true'] {
      opacity: 0.6;
      cursor: default;
    }

    @container (inline-size < 24rem) {
      .actions {
        inline-size: 100%;
      }

      .actions .button {
        flex: 1 1 auto;
      }
    }

    @media (forced-colors: active) {
      [aria-disabled='true'] {
        border-color: GrayText;
        color: GrayText;
        opacity: 1;
      }
    }
  `,
];
