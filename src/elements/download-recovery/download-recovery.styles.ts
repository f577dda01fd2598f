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
    :host {
      position: relative;
      display: block;
      max-inline-size: var(--model-download-mini-inline-size, 52rem);
      color: var(--_text);
      font-family: var(--_font);
      font-size: var(--_small, var(--model-download-font-size, 0.875rem));
      line-height: 1.45;
    }

    .recovery {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      gap: calc(var(--_space) * 0.75rem);
      padding: calc(var(--_space) * 1rem);
      border: 1px solid var(--_border);
      border-radius: var(--_radius);
      background: var(--_raised);
    }

    .symbol {
      padding-block-start: 0.125rem;
      color: var(--_danger);
    }

    [data-status='waiting'] .symbol {
      color: var(--_warning);
    }

    p {
      margin: 0;
      overflow-wrap: anywhere;
    }

    .title {
      font-weight: 600;
    }

    .muted,
    .details {
      color: var(--_muted);
    }

    .prospect {
      display: flex;
      flex-wrap: wrap;
      column-gap: 0.75rem;
      margin-block-start: 0.375rem;
      white-space: normal;
    }

    .details {
      margin-block-start: 0.375rem;
    }

    summary {
      inline-size: fit-content;
      padding-block: 0.25rem;
      border-radius: 0.25rem;
      cursor: pointer;
    }

    .message {
      max-block-size: 8rem;
      margin: 0.25rem 0 0;
      padding: 0.5rem 0.625rem;
      overflow: auto;
      border: 1px solid var(--_border);
      border-radius: 0.375rem;
      color: var(--_text);
      font-family: ui-monospace, monospace;
      font-size: 0.857em;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }

    .actions {
      display: flex;
      flex-wrap: wrap;
      grid-column: 1 / -1;
      gap: 0.5rem;
    }

    .actions[hidden] {
      display: none;
    }

    @container (inline-size < 14rem) {
      .recovery {
        grid-template-columns: minmax(0, 1fr);
        padding: calc(var(--_space) * 0.625rem);
      }
    }

    @container (inline-size < 20rem) {
      .actions > .button {
        flex: 1 1 auto;
      }
    }

    @container (inline-size >= 48rem) {
      .recovery {
        grid-template-columns: auto minmax(0, 1fr) auto;
        align-items: start;
      }

      .actions {
        grid-column: auto;
        align-self: center;
      }
    }
  `,
];
