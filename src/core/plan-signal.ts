import type { PlanEntry } from './progress-info.js';

/** Says which files a load needs, as somebody found out before it asks for them. A later plan takes the place of an earlier one. */
export interface PlanSignal {
  /** Tells it from other events. */
  readonly status: 'plan';
  /** The model, by its id or path, as the events of its files name it. */
  readonly name: string;
  /** Empty when nobody knows: an earlier plan then counts no more. */
  readonly files: readonly PlanEntry[];
}
