import { gzipSync } from 'node:zlib';
import { isDerived } from './read-trace.js';

/**
 * @typedef {import('./read-trace.js').Trace} Trace
 * @typedef {import('./read-trace.js').PackedTrace} PackedTrace
 * @typedef {(string | number)[]} Path
 */

/**
 * A trace in its stored form: strings once, numbers as differences.
 *
 * @param {Trace} trace
 * @returns {PackedTrace}
 */
export function packTrace({ events, sent, ...rest }) {
  /** @type {PackedTrace['shapes']} */
  const shapes = [];
  const known = new Map();
  /** @type {number[][]} */
  const last = [];
  let lastTime = 0;
  const rows = events.map(([time, event]) => {
    const { words, paths, numbers } = takeApart(event);
    const key = JSON.stringify([words, paths]);
    let index = known.get(key);
    if (index === undefined) {
      known.set(key, (index = shapes.length));
      shapes.push({ words, paths });
    }
    const before = last[index] ?? [];
    last[index] = numbers.map(([, value]) => value);
    const values = numbers.map(([path, value], place) => {
      if (path !== 'progress') return value - (before[place] ?? 0);
      return isDerived(event) ? null : value;
    });
    const row = [time - lastTime, index, ...values];
    lastTime = time;
    return row;
  });
  return { ...rest, shapes, events: rows, sent: differences(sent) };
}

/** @param {Trace} trace */
export function compressTrace(trace) {
  return gzipSync(JSON.stringify(packTrace(trace)), { level: 9 });
}

/**
 * The numbers of an event, and its other fields.
 *
 * @param {Record<string, unknown>} event
 */
function takeApart(event) {
  /** @type {[string, number][]} */
  const numbers = [];
  /** @type {(part: Record<string, unknown>, path: Path) => Record<string, unknown>} */
  const strip = (part, path) =>
    Object.fromEntries(
      Object.entries(part).flatMap(([name, value]) => {
        const place = [...path, name];
        if (typeof value === 'number') numbers.push([place.join('\n'), value]);
        if (typeof value === 'number' || value === undefined) return [];
        return [[name, typeof value === 'object' && value !== null ? strip(/** @type {Record<string, unknown>} */ (value), place) : value]];
      }),
    );
  const words = strip(event, []);
  return { words, paths: numbers.map(([path]) => path), numbers };
}

/** @param {[number, number][]} points */
function differences(points) {
  return points.flatMap(([time, bytes], index) => {
    const [timeBefore, bytesBefore] = points[index - 1] ?? [0, 0];
    return [time - timeBefore, bytes - bytesBefore];
  });
}
