import { sentBytes } from './sent-bytes.js';

/** How often a hub is asked what it has sent, in ms. */
const interval = 5;

/**
 * Writes down what a hub has sent, and when. Of a time without change only its ends are kept.
 *
 * @param {() => import('../../demo/hub/request-log.js').LogEntry[]} readLog
 * @param {readonly import('./sent-bytes.js').TraceFile[]} files
 * @returns {() => [number, number][]} Ends it, and returns times of `performance.now()` with bytes.
 */
export function sampleSent(readLog, files) {
  /** @type {[number, number][]} */
  const samples = [];
  const take = () => {
    const bytes = sentBytes(readLog(), files);
    const [before, last] = samples.slice(-2);
    if (before?.[1] === bytes && last?.[1] === bytes) last[0] = performance.now();
    else samples.push([performance.now(), bytes]);
  };
  take();
  const timer = setInterval(take, interval);
  return () => {
    clearInterval(timer);
    take();
    return samples;
  };
}
