import type { PlanEntry } from '../core/index.js';

/** What can be said of a model before it is downloaded. */
export interface ModelEstimate {
  /** Bytes of all files that a load would read, the runtime's among them if a load would fetch that; `undefined` while a size, or which files there are, is unknown. */
  readonly size: number | undefined;
  /** Whether the whole model is on this device; `undefined` where that cannot be known. */
  readonly cached: boolean | undefined;
  /** How many bytes of `size` are on this device already; `undefined` where that cannot be known. */
  readonly cachedBytes: number | undefined;
  /**
   * `true` when a load would also fetch the file of the ONNX Runtime, which is no part of `size`: no readable header
   * tells how big it is, or nothing counts its bytes (`transfer: false`).
   */
  readonly excludesRuntime: boolean;
  /**
   * Whether the hub has another version of what is on this device, which is used until it is removed;
   * `undefined` where nothing is here, or the hub does not say.
   */
  readonly newer: boolean | undefined;
  /** Whether this device has room for it; `undefined` where it is here already, or the browser does not say. */
  readonly fits: boolean | undefined;
  /** What a load would ask for, with the size of each file and whether it is here; `undefined` where that is unknown. */
  readonly files: readonly PlanEntry[] | undefined;
}
