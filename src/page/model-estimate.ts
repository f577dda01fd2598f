import type { PlanEntry } from '../core/index.js';

/** The size and the availability of a model before its download. */
export interface ModelEstimate {
  /**
   * The bytes of all files that a load reads, including the runtime's file if a load downloads it; `undefined` if a file or its size
   * is unknown.
   */
  readonly size: number | undefined;
  /** Whether the whole model is on this device; `undefined` if unknown. */
  readonly cached: boolean | undefined;
  /** The bytes of `size` that are on this device; `undefined` if unknown. */
  readonly cachedBytes: number | undefined;
  /**
   * `true` if a load also downloads the file of the ONNX Runtime, which is not part of `size`: no readable header has its
   * size, or its bytes are not counted (`transfer: false`).
   */
  readonly excludesRuntime: boolean;
  /**
   * Whether the hub has another version than this device, which uses its version until it is removed; `undefined` unless the whole
   * model is on this device and the hub lists its files.
   */
  readonly newer: boolean | undefined;
  /** Whether this device has space for the model; `undefined` if the model is on the device, or the browser does not report its space. */
  readonly fits: boolean | undefined;
  /** The files that a load reads, each with its size and whether it is on this device; `undefined` if unknown. */
  readonly files: readonly PlanEntry[] | undefined;
  /** The estimates of the model's variants, in the order of the definition; empty without variants. */
  readonly variants: readonly VariantEstimate[];
}

/** The estimate of one variant of a model. */
export interface VariantEstimate extends Omit<ModelEstimate, 'variants'> {
  /** The key of the variant. */
  readonly variant: string;
  /** The name to show. */
  readonly name: string;
}
