import { html, svg, type TemplateResult } from 'lit';

/** A square icon in the color of the text. It is decoration: a text or a label beside it has its meaning. */
function icon(paths: ReturnType<typeof svg>): TemplateResult {
  return html`<svg
    class="icon"
    viewBox="0 0 16 16"
    fill="none"
    stroke="currentColor"
    stroke-width="1.5"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    ${paths}
  </svg>`;
}

/** A dash: minimise. */
export const minimiseIcon = icon(svg`<path d="M3.5 8h9" />`);

/** A cross: close. */
export const closeIcon = icon(svg`<path d="m4.25 4.25 7.5 7.5m0-7.5-7.5 7.5" />`);

/** Two arrows apart: expand. */
export const expandIcon = icon(svg`<path d="M9.5 2.75h3.75V6.5M6.5 13.25H2.75V9.5M13 3 9.25 6.75M3 13l3.75-3.75" />`);

/** A chevron that points to the end of the line. */
export const chevronIcon = icon(svg`<path d="m6 4 4 4-4 4" />`);

/** An arrow into a tray. */
export const downloadIcon = icon(svg`<path d="M8 2.5v7m0 0 3-3m-3 3-3-3M2.75 11.5v1.25c0 .4.35.75.75.75h9c.4 0 .75-.35.75-.75V11.5" />`);

/** A tick. */
export const doneIcon = icon(svg`<path d="m3.5 8.5 3 3 6-7" />`);

/** An exclamation mark in a circle. */
export const failedIcon = icon(svg`<circle cx="8" cy="8" r="5.75" /><path d="M8 5v3.5M8 11v.01" />`);

/** A clock. */
export const waitingIcon = icon(svg`<circle cx="8" cy="8" r="5.75" /><path d="M8 5v3l2 1.5" />`);

/** A small i in a circle. */
export const tipIcon = icon(svg`<circle cx="8" cy="8" r="5.75" /><path d="M8 7.5V11M8 5v.01" />`);
