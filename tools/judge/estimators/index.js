import { Chromium } from './chromium.js';
import { Firefox } from './firefox.js';
import { Indicatif } from './indicatif.js';
import { Tqdm } from './tqdm.js';
import { Uppy } from './uppy.js';

/**
 * @typedef {object} Estimator
 * @property {(now: number, loaded: number, remaining: number) => void} add Told of each event: bytes from the network so far, and still to come.
 * @property {(now: number) => number | undefined} read Seconds left, as shown at that moment.
 */

/**
 * How others tell the time left, each by its published constants and made when the download begins.
 *
 * @type {Readonly<Record<string, new (now: number) => Estimator>>}
 */
export const estimators = { tqdm: Tqdm, Uppy, Chromium, indicatif: Indicatif, Firefox };
