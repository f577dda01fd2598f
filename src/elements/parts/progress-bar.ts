// In: a percentage and texts. Out: the template of a bar, whose fill is a transform in CSS.
import { html, nothing, type TemplateResult } from 'lit';
import { fillShare } from './fill-share.js';

/** The options of `progressBar`. */
export interface ProgressBarOptions {
  /** The accessible name. */
  readonly label: string;
  /** The accessible value as text. */
  readonly valueText: string;
  /** Percent, 0–100; `undefined` while unknown. */
  readonly percent: number | undefined;
  /** Whether to animate the bar while the percentage is unknown. */
  readonly busy: boolean;
  /** The part names of the track and the fill. */
  readonly track?: string;
  readonly fill?: string;
}

/** A progress bar. While the percentage is unknown, it has no value instead of 0. */
export function progressBar({ label, valueText, percent, busy, track = 'track', fill = 'fill' }: ProgressBarOptions): TemplateResult {
  // Two elements: a transition from the animated piece to a share would pass through 100 %.
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
    aria-valuetext=${valueText}
  >
    ${content}
  </div>`;
}
