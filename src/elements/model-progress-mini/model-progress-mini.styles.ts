import { css } from 'lit';
import { bars } from '../styles/bars.styles.js';
import { basics } from '../styles/basics.styles.js';
import { buttons, iconButtons } from '../styles/buttons.styles.js';
import { colors } from '../styles/colors.styles.js';
import { naturalWidth } from '../styles/natural-width.styles.js';

export const styles = [
  colors,
  basics,
  bars,
  buttons,
  iconButtons,
  naturalWidth,
  css`
    :host {
      position: relative;
      display: block;
      max-inline-size: var(--model-download-mini-inline-size, 52rem);
      color: var(--_text);
      font-family: var(--_font);
      font-size: var(--_small, var(--model-download-font-size, 0.8125rem));
      line-height: 1.5385;
    }

    .mini {
      display: grid;
      grid-template:
        'name figures open' auto
        'track track track' auto
        'tip tip tip' auto / minmax(0, 1fr) auto auto;
      align-items: center;
      gap: calc(var(--_space) * 0.125rem) 0.625rem;
      padding-block: calc(var(--_space) * 0.25rem) calc(var(--_space) * 0.5rem);
      padding-inline: calc(var(--_space) * 0.75rem);
      border: 1px solid var(--_border);
      border-radius: var(--_radius);
      background: var(--_surface);
    }

    .name {
      display: flex;
      grid-area: name;
      align-items: center;
      gap: 0.375rem;
      min-inline-size: 0;
    }

    .title {
      min-inline-size: 0;
      font-weight: 600;
    }

    .track {
      grid-area: track;
      block-size: var(--model-download-track-size, 0.25rem);
    }

    .figures {
      display: flex;
      grid-area: figures;
      align-items: center;
      gap: 0.625rem;
      color: var(--_muted);
    }

    .percentage {
      min-inline-size: 4ch;
      color: var(--_text);
      font-weight: 600;
      text-align: end;
    }

    .percentage:empty {
      display: none;
    }

    .speed {
      min-inline-size: 8ch;
      text-align: end;
    }

    .time-left {
      min-inline-size: 16ch;
      text-align: end;
    }

    .status {
      overflow-wrap: anywhere;
    }

    .button {
      min-block-size: 1.5rem;
      padding-block: 0.125rem;
    }

    .tip {
      grid-area: tip;
      color: var(--_muted);
      font-size: 0.923em;
    }

    .icon-button {
      grid-area: open;
      margin-inline-end: calc(var(--_space) * -0.375rem);
    }

    @container (inline-size < 28rem) {
      .mini {
        grid-template:
          'name open' auto
          'track track' auto
          'figures figures' auto
          'tip tip' auto / minmax(0, 1fr) auto;
      }

      .figures {
        flex-wrap: wrap;
        row-gap: 0;
      }

      .percentage,
      .speed,
      .time-left {
        min-inline-size: 0;
      }
    }

    .offer .figures {
      min-inline-size: 0;
    }

    .offer .status {
      white-space: normal;
    }

    /* The offer to continue is longer than the figures of a running download. */
    @container (inline-size < 50rem) {
      .mini.offer {
        grid-template:
          'name open' auto
          'track track' auto
          'figures figures' auto / minmax(0, 1fr) auto;
        row-gap: calc(var(--_space) * 0.375rem);
      }

      .offer .figures {
        flex-wrap: wrap;
        row-gap: calc(var(--_space) * 0.375rem);
        justify-content: space-between;
      }
    }

    @container (inline-size >= 38rem) {
      .mini {
        grid-template:
          'name track figures open' auto
          'tip tip tip tip' auto
          / minmax(5rem, auto) minmax(6rem, 1fr) auto auto;
        padding-block: calc(var(--_space) * 0.25rem) calc(var(--_space) * 0.375rem);
      }
    }

    @container (inline-size >= 50rem) {
      .mini {
        display: flex;
        padding-block: calc(var(--_space) * 0.25rem);
      }

      .name {
        flex: none;
        max-inline-size: 40%;
      }

      .track {
        flex: 1 0 6rem;
      }

      /* A tip without enough space wraps to a second line, which is hidden. */
      .tip {
        display: flex;
        flex: 0 1000 auto;
        flex-wrap: wrap;
        block-size: 1lh;
        overflow: hidden;
        white-space: nowrap;
      }

      .tip::before {
        content: '';
        inline-size: 1px;
        block-size: 1lh;
      }

      .icon-button {
        order: 1;
      }
    }
  `,
];
