import { css } from 'lit';

/** The styles of progress bars. */
export const bars = css`
  .track {
    position: relative;
    overflow: hidden;
    inline-size: 100%;
    block-size: var(--model-download-track-size, 0.375rem);
    border-radius: 1rem;
    background: var(--_track);
    direction: ltr;
  }

  /* The whole bar is mirrored: a transform of the fill that depends on the direction would pass through 100 % on a change. */
  .track:dir(rtl) {
    scale: -1 1;
  }

  /* A transform instead of a width: it needs no layout, and its transition does not use the main thread. */
  .fill {
    block-size: 100%;
    border-radius: inherit;
    background: var(--_tone, var(--_accent));
    transform: translateX(calc((var(--_share, 0) - 1) * 100%));
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
      /* The fill is 30 % of the track and moves by the other 70 %. */
      transform: translateX(calc(700% / 3));
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
