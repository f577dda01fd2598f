import { Chromium } from './chromium.js';
import { Firefox } from './firefox.js';
import { Indicatif } from './indicatif.js';
import { Tqdm } from './tqdm.js';
import { Uppy } from './uppy.js';

/**
 * @typedef {object} Estimator
 * @property {(now: number, loaded: number, remaining: number) => void} add Called with each event: the bytes from the network so far, and those that are missing.
 * @property {(now: number) => number | undefined} read Seconds left, as shown at that moment.
 */

/**
 * The other estimators of the time left, each with its published constants, created when the download begins.
 *
 * @type {Readonly<Record<string, new (now: number) => Estimator>>}
 */
export const estimators = { tqdm: Tqdm, Uppy, Chromium, indicatif: Indicatif, Firefox };
