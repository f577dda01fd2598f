import { MultiFileProgressTracker } from '../../dist/core/index.js';
import { estimators } from './estimators/index.js';
import { ManualClock } from './manual-clock.js';
import { percentages } from './percentages.js';

/**
 * @typedef {import('../traces/read-trace.js').Trace} Trace
 * @typedef {'plan' | 'events'} Mode Whether a tracker receives the model's files before the first byte.
 * @typedef {{ handleFileProgress: (event: unknown) => void, complete: () => void, error: (cause: unknown) => void, getSnapshot: () => Snapshot }} Tracker
 * @typedef {Pick<import('../../dist/core/index.js').AggregateProgressInfo,
 *   'status' | 'overallProgress' | 'totalDownloaded' | 'totalSize' | 'bytesFromNetwork' | 'timeRemaining' | 'files'>} Snapshot
 * @typedef {(options: import('../../dist/core/index.js').MultiFileProgressTrackerOptions) => Tracker} MakeTracker
 * @typedef {object} Sample The figures on the screen at one moment.
 * @property {number} time
 * @property {boolean} isTick Whether it is one of the samples at equal intervals.
 * @property {Readonly<Record<string, number | undefined>>} percent By estimator.
 * @property {Readonly<Record<string, number | undefined>>} timeLeft In seconds, by estimator.
 */

/** How often the screen is read, in ms. */
export const tick = 100;

/** @type {MakeTracker} */
const makeOurs = (options) => new MultiFileProgressTracker(undefined, options);

/**
 * Replays a trace to a tracker, and to all estimators that it is compared with.
 *
 * @param {Trace} trace
 * @param {Mode} mode
 * @param {MakeTracker} [makeTracker]
 * @returns {Sample[]}
 */
export function replay(trace, mode, makeTracker = makeOurs) {
  const clock = new ManualClock();
  const known = trace.files.filter(({ runtime }) => !runtime).map(({ file, size, cached }) => ({ file, size, cached }));
  const tracker = makeTracker({ clock, hasTransfer: trace.transfer, ...(mode === 'plan' ? { plan: known } : {}) });
  const others = Object.entries(percentages).map(([name, Percentage]) => /** @type {const} */ ([name, new Percentage(trace)]));
  const rivals = new Rivals();
  /** @type {Sample[]} */
  const samples = [];
  const look = (/** @type {number} */ time, /** @type {boolean} */ isTick) => {
    clock.moveTo(time);
    const shown = tracker.getSnapshot();
    rivals.receive(time, shown);
    samples.push({
      time,
      isTick,
      percent: { ours: shown.overallProgress, ...Object.fromEntries(others.map(([name, other]) => [name, other.read()])) },
      timeLeft: { ours: shown.timeRemaining, ...rivals.read(time, shown) },
    });
  };
  for (const { time, events, isTick } of moments(trace)) {
    clock.moveTo(time);
    for (const event of events) {
      // The transfer layer's own plan of the load counts as a plan, too.
      if (mode === 'events' && event.status === 'plan') continue;
      tracker.handleFileProgress(event);
      for (const [, other] of others) other.take(event);
    }
    look(time, isTick);
  }
  const { resolved, failed, message } = trace.phases;
  if (resolved !== undefined) tracker.complete();
  else tracker.error(message);
  look(resolved ?? failed ?? 0, false);
  return samples;
}

/**
 * The times at which the screen is read: at equal intervals, and after the events of each ms.
 *
 * @param {Trace} trace
 */
function moments({ events, phases }) {
  const end = phases.resolved ?? phases.failed ?? 0;
  /** @type {Map<number, { time: number, events: Record<string, unknown>[], isTick: boolean }>} */
  const all = new Map();
  const at = (/** @type {number} */ time) => {
    const moment = all.get(time) ?? { time, events: [], isTick: time > 0 && time % tick === 0 };
    all.set(time, moment);
    return moment;
  };
  for (let time = tick; time < end; time += tick) at(time);
  for (const [time, event] of events) if (time <= end) at(time).events.push(event);
  return [...all.values()].sort((a, b) => a.time - b.time);
}

/** The other estimators, which receive the same bytes as the tracker counts. */
class Rivals {
  /** @type {[string, import('./estimators/index.js').Estimator][]} */
  #all = [];
  #loaded = -1;

  /**
   * @param {number} time
   * @param {Snapshot} shown
   */
  receive(time, shown) {
    const remaining = remainingOf(shown);
    if (remaining === undefined) return;
    if (this.#all.length === 0) this.#all = Object.entries(estimators).map(([name, Estimator]) => [name, new Estimator(time)]);
    if (shown.bytesFromNetwork === this.#loaded) return;
    this.#loaded = shown.bytesFromNetwork;
    for (const [, estimator] of this.#all) estimator.add(time, shown.bytesFromNetwork, remaining);
  }

  /**
   * @param {number} time
   * @param {Snapshot} shown
   * @returns {Record<string, number | undefined>}
   */
  read(time, shown) {
    const isOver = remainingOf(shown) === undefined;
    return Object.fromEntries(this.#all.map(([name, estimator]) => [name, isOver ? undefined : estimator.read(time)]));
  }
}

/**
 * The missing bytes from the network, while any arrive.
 *
 * @param {Snapshot} shown
 */
function remainingOf({ status, totalSize, totalDownloaded, files }) {
  if (status !== 'download' || totalSize === undefined) return undefined;
  const ofDevice = files.reduce((sum, { cached, loaded, total }) => sum + (cached && total !== undefined ? total - loaded : 0), 0);
  return totalSize - totalDownloaded - ofDevice;
}
