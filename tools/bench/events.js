// The cost of one event of a load: our tracker beside Transformers.js 4's own total, in one run of one engine.
import { MultiFileProgressTracker } from '../../dist/core/index.js';
import { DefaultProgressCallback } from '../../node_modules/transformers-v4/src/utils/core.js';

const size = 1_000_000_000;

/** The receivers of the events. Each creates a listener for the events of one load. */
const sides = {
  'the total of Transformers.js 4': (/** @type {string[]} */ files) => {
    const loading = Object.fromEntries(files.map((file) => [file, { loaded: 0, total: size }]));
    return new DefaultProgressCallback(() => undefined, loading);
  },
  'our tracker': (/** @type {string[]} */ files) => listenerOf(files),
  'our tracker, with a snapshot at each event': (/** @type {string[]} */ files) => listenerOf(files, () => undefined),
};

export const [theirs, ours, oursWithSnapshots] = Object.keys(sides);

/**
 * @param {string[]} files
 * @param {() => void} [onAggregate]
 */
function listenerOf(files, onAggregate) {
  const tracker = new MultiFileProgressTracker(onAggregate, { plan: files.map((file) => ({ file, size })) });
  return (/** @type {object} */ event) => tracker.handleFileProgress(event);
}

/**
 * Milliseconds that an event costs each side, for a load of `count` files whose chunks arrive in turn.
 *
 * @param {number} count
 */
export function costsOf(count) {
  const files = Array.from({ length: count }, (_, index) => `onnx/model_${index}.onnx`);
  return Object.fromEntries(
    Object.entries(sides).map(([name, listen]) => [
      name,
      () => Promise.resolve(costOf(listen(files), files, name === theirs ? Math.ceil(8_000 / count) : 4_000)),
    ]),
  );
}

/**
 * @param {(event: object) => void} receive
 * @param {string[]} files
 * @param {number} events
 */
function costOf(receive, files, events) {
  const share = size / events / 2;
  const all = Array.from({ length: events }, (_, index) => {
    const loaded = Math.floor(share * index);
    return { status: 'progress', name: 'org/model', file: files[index % files.length], loaded, total: size, progress: loaded / size };
  });
  const start = performance.now();
  for (const event of all) receive(event);
  return (performance.now() - start) / events;
}
