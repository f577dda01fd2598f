/**
 * @typedef {Partial<import('../../demo/hub/controls.js').ControlValues>} Controls
 * @typedef {object} Link
 * @property {Controls} begin
 * @property {(elapsed: number) => number} [bandwidth] Bytes per second after so many ms.
 * @property {[number, Controls][]} [later] Controls that are set once, after a number of ms.
 */

/** A link with a high latency, like one across an ocean. */
const latency = 60;

/**
 * @param {number} bandwidth
 * @param {Controls} [controls]
 * @returns {Link}
 */
export function steady(bandwidth, controls = {}) {
  return { begin: { bandwidth, latency, ...controls } };
}

/**
 * A speed that varies by a third, with a period of 40 s.
 *
 * @param {number} bandwidth
 * @param {number} phase The phase in which it begins, from 0 to 1, so that not all links change alike.
 * @returns {Link}
 */
export function varying(bandwidth, phase) {
  const at = (/** @type {number} */ elapsed) => bandwidth * (1 + Math.sin((elapsed / 40_000 + phase) * 2 * Math.PI) / 3);
  return { begin: { bandwidth: at(0), latency }, bandwidth: at };
}

/** Shares of the full speed, of 2 s each: 40-fold from the least to the most. */
const steps = [1, 0.2, 0.025, 0.5, 0.05, 1, 0.1, 0.025, 0.8, 0.3];

/**
 * @param {number} bandwidth At its best.
 * @returns {Link}
 */
export function wild(bandwidth) {
  const at = (/** @type {number} */ elapsed) => bandwidth * (steps[Math.floor(elapsed / 2_000) % steps.length] ?? 1);
  return { begin: { bandwidth, latency }, bandwidth: at };
}

/**
 * A link that sends nothing for 8 s, and later for 3 s.
 *
 * @param {number} bandwidth
 * @param {string} file A part of the name of the file that stalls; no other file is sent at the same time.
 * @param {[number, number]} places
 * @returns {Link}
 */
export function stalling(bandwidth, file, [first, second]) {
  const once = { match: file, stallTimes: 1 };
  const firstIsOver = (first / bandwidth) * 1_000 + 10_000;
  return {
    begin: { bandwidth, latency, ...once, stallAfter: first, stallFor: 8_000 },
    later: [[firstIsOver, { ...once, stallAfter: second, stallFor: 3_000 }]],
  };
}

/**
 * Makes a hub send at the speed of a link, until the returned function is called.
 *
 * @param {import('../../demo/hub/controls.js').Controls} control
 * @param {Link} link
 */
export function drive(control, { begin, bandwidth, later = [] }) {
  const start = performance.now();
  const due = [...later];
  control.reset();
  control.set(begin);
  const timer = setInterval(() => {
    const elapsed = performance.now() - start;
    if (bandwidth) control.set({ bandwidth: bandwidth(elapsed) });
    while (due[0] && due[0][0] <= elapsed) control.set(due.shift()?.[1] ?? {});
  }, 100);
  return () => clearInterval(timer);
}
