import { html, nothing, type TemplateResult } from 'lit';
import { fillShare } from './fill-share.js';

/** What a bar shows. */
export interface ProgressBarOptions {
  /** What assistive technology calls it. */
  readonly label: string;
  /** What it says of itself, in words. */
  readonly words: string;
  /** Percent, 0–100; `undefined` while unknown. */
  readonly percent: number | undefined;
  /** Whether bytes are on their way although the percentage is unknown. */
  readonly busy: boolean;
  /** Names of the track's and the fill's parts. */
  readonly track?: string;
  readonly fill?: string;
}

/** One bar. Its value is absent, not zero, while the percentage is unknown. */
export function progressBar({ label, words, percent, busy, track = 'track', fill = 'fill' }: ProgressBarOptions): TemplateResult {
  // Two elements: one that changed from the moving piece to a share would pass through full.
  const content =
    percent === undefined && busy
      ? html`<div part=${fill} class="fill unknown"></div>`
      : html`<div part=${fill} class="fill" ${fillShare(percent)}></div>`;
  return html`<div
    part=${track}
    class="track"
    role="progressbar"
    aria-label=${label}
    aria-valuemin="0"
    aria-valuemax="100"
    aria-valuenow=${percent === undefined ? nothing : Math.floor(percent)}
    aria-valuetext=${words}
  >
    ${content}
  </div>`;
}
