import { sentBytes } from './sent-bytes.js';

/**
 * Records the bytes that a hub sends, and their times.
 *
 * @param {import('../../demo/hub/request-log.js').RequestLog} log
 * @param {readonly import('./sent-bytes.js').TraceFile[]} files
 * @returns {{ end: () => void, of: (files: readonly import('./sent-bytes.js').TraceFile[]) => [number, number][] }}
 *   `of` gives times of `performance.now()` with the bytes of some of the files.
 */
export function watchSent(log, files) {
  /** @type {{ time: number, bytes: number[] }[]} */
  const samples = [];
  log.onSend = () => void samples.push({ time: performance.now(), bytes: files.map((file) => sentBytes(log.since(), [file])) });
  return {
    end: () => (log.onSend = () => {}),
    of(some) {
      const places = some.map((file) => files.indexOf(file));
      /** @type {[number, number][]} */
      const sums = samples.map(({ time, bytes }) => [time, places.reduce((sum, place) => sum + (bytes[place] ?? 0), 0)]);
      return sums.filter(([, sum], place) => sum > (sums[place - 1]?.[1] ?? 0));
    },
  };
}
