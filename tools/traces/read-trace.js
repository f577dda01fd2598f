/**
 * @typedef {object} Trace One real load: the events that a tracker received, and the truth at the same time. Times are ms since the load began.
 * @property {string} name
 * @property {string} scenario
 * @property {import('./browsers.js').Engine} engine
 * @property {2 | 3 | 4} version Of Transformers.js.
 * @property {boolean} transfer Whether the load used the transfer layer.
 * @property {string} model
 * @property {import('./sent-bytes.js').TraceFile[]} files The files that the load needed.
 * @property {[number, Record<string, unknown>][]} events
 * @property {[number, number][]} sent Bytes of the files' content that the server had sent, each counted once.
 * @property {{ resolved?: number, failed?: number, message?: string }} phases How the load ended, and when.
 *
 * @typedef {{ words: Record<string, unknown>, paths: string[] }} Shape The common part of several events, and the paths of their numbers.
 * @typedef {Omit<Trace, 'events' | 'sent'> & { shapes: Shape[], events: (number | null)[][], sent: number[] }} PackedTrace
 *   A row of `events` is the time since the row before, a shape, and each number minus the one of the
 *   shape's row before; `null` is a percentage that follows from the other numbers.
 */

/**
 * Reads a trace in its stored form.
 *
 * @param {PackedTrace} packed
 * @returns {Trace}
 */
export function readTrace({ shapes, events, sent, ...rest }) {
  /** @type {number[][]} */
  const last = [];
  let time = 0;
  /** @type {Trace['events']} */
  const read = events.map(([delay, index, ...values]) => {
    time += delay ?? 0;
    const shape = shapes[index ?? 0];
    const before = last[index ?? 0] ?? [];
    const numbers = values.map((value, place) => (shape?.paths[place] === 'progress' ? value : (value ?? 0) + (before[place] ?? 0)));
    last[index ?? 0] = numbers.map((value) => value ?? 0);
    return [time, putTogether(shape, numbers)];
  });
  return { ...rest, events: read, sent: sums(sent) };
}

/**
 * Whether the percentage of an event follows from its other numbers.
 *
 * @param {Record<string, unknown>} event
 */
export function isDerived({ progress, loaded, total }) {
  return progress === percentage(loaded, total);
}

/**
 * @param {unknown} loaded
 * @param {unknown} total
 */
function percentage(loaded, total) {
  return (Number(loaded) / Number(total)) * 100;
}

/**
 * @param {Shape | undefined} shape
 * @param {(number | null)[]} numbers
 */
function putTogether({ words, paths } = { words: {}, paths: [] }, numbers) {
  const event = structuredClone(words);
  paths.forEach((path, place) => {
    const names = path.split('\n');
    const last = names.pop() ?? '';
    let part = event;
    for (const name of names) part = /** @type {Record<string, unknown>} */ (part[name]);
    part[last] = numbers[place];
  });
  if (event.progress === null) event.progress = percentage(event.loaded, event.total);
  return event;
}

/** @param {number[]} values */
function sums(values) {
  /** @type {[number, number][]} */
  const points = [];
  let [time, bytes] = [0, 0];
  for (let place = 0; place < values.length; place += 2) {
    time += values[place] ?? 0;
    bytes += values[place + 1] ?? 0;
    points.push([time, bytes]);
  }
  return points;
}
