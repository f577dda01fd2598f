import type { Clock } from '../time/clock.js';
import type { PlanEntry } from './progress-info.js';

/** Options of a `MultiFileProgressTracker`. */
export interface MultiFileProgressTrackerOptions {
  /** Default: the platform's clock. */
  readonly clock?: Clock | undefined;
  /** The files that this load needs; `undefined` when they are not known: then there is no percentage. */
  readonly plan?: readonly PlanEntry[] | undefined;
  /** Silence, in ms, after which a download counts as stalled. Default 5,000. */
  readonly stallAfter?: number | undefined;
  /**
   * Whether the transfer layer reports every byte from the network. Then a file that only the runtime reports is read from
   * this device. Default `false`.
   */
  readonly hasTransfer?: boolean | undefined;
}
