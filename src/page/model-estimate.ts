import type { PlanEntry } from '../core/index.js';

/** What can be said of a model before it is downloaded. */
export interface ModelEstimate {
  /** Bytes of all its files; `undefined` while a size, or which files there are, is unknown. */
  readonly size: number | undefined;
  /** Whether the whole model is on this device; `undefined` where nobody can tell. */
  readonly cached: boolean | undefined;
  /**
   * Whether the hub has another version of what is on this device, which is used until it is removed;
   * `undefined` where nothing is here, or the hub does not say.
   */
  readonly newer: boolean | undefined;
  /** Whether this device has room for it; `undefined` where it is here already, or nobody can tell. */
  readonly fits: boolean | undefined;
  /** What a load would ask for, with the size of each file and whether it is here; `undefined` where nobody can tell. */
  readonly files: readonly PlanEntry[] | undefined;
}
