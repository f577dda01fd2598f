// The events that the package itself reports, beside those of a runtime.
import type { PlanEntry } from './progress-info.js';

/** Lists the files that a load needs, before it requests them. A later plan replaces an earlier one. */
export interface PlanSignal {
  /** Identifies the kind of signal. */
  readonly status: 'plan';
  /** The model, by its id or path, as the events of its files name it. */
  readonly name: string;
  /** The files; empty if they are unknown, which removes an earlier plan. */
  readonly files: readonly PlanEntry[];
}

/** The phases of a load with a share: the download, and the start of the model after it. */
export const SHARE_PHASES = ['download', 'loading'] as const;

/**
 * The progress of a load as a share, from a runtime that reports no bytes. If bytes are known too, they are
 * used instead.
 */
export interface ShareSignal {
  /** Identifies the kind of signal. */
  readonly status: 'share';
  /** The model, by its id; empty if the runtime does not name it. */
  readonly name: string;
  /** The file that is loaded at the moment; `undefined` if the runtime does not name it. */
  readonly file?: string | undefined;
  /** The share, 0–1. In the phase `loading` it does not change the percentage, since it does not show how long the start takes. */
  readonly share: number;
  /** The phase that the share is a part of. */
  readonly phase: (typeof SHARE_PHASES)[number];
  /**
   * The index of the download in a load with several, from 0. From the second on there is no percentage: their sizes
   * are unknown. Default 0.
   */
  readonly run?: number | undefined;
}

/**
 * The steps of the transfer of one file.
 *
 * - `planned`: it will be requested.
 * - `waiting`: it was requested, and receives no byte at the moment.
 * - `receiving`: bytes arrive.
 * - `done`: the last byte has arrived and is checked.
 * - `absent`: the server does not send it, as with an optional file that does not exist.
 */
export const PHASES = ['planned', 'waiting', 'receiving', 'done', 'absent'] as const;

/**
 * The progress of one file as the transfer layer reports it. That layer reads the network itself, so its figures
 * take precedence over the events of a runtime.
 */
export interface TransferSignal {
  /** Identifies the kind of signal. */
  readonly status: 'transfer';
  /** The model, by its id or path. */
  readonly name: string;
  /** The file, by its path inside the model. */
  readonly file: string;
  /** The step of the transfer. */
  readonly phase: (typeof PHASES)[number];
  /** Bytes of the file that have arrived. */
  readonly loaded: number;
  /** How many of these an earlier visit, an earlier attempt or another tab had stored. */
  readonly stored: number;
  /** Bytes of the whole file; `undefined` while unknown. */
  readonly total: number | undefined;
  /**
   * Whether `total` is certain to count decoded bytes. `Content-Length` is not certain if the response may be encoded. An
   * uncertain total is used only if no plan has the size, and until `loaded` exceeds it. Default `true`.
   */
  readonly totalIsExact?: boolean | undefined;
  /**
   * Whether the file belongs to the runtime, not to the model. Its bytes are counted only once a plan or the phase `planned` has
   * announced the file, so that the total does not grow after the last file of the model. While a file that is not counted is
   * awaited, there is no percentage after the last file of the model. Default `false`.
   */
  readonly isRuntime?: boolean | undefined;
}

/** A signal of the package itself, as a loader reports it. */
export type LoadSignal = PlanSignal | ShareSignal | TransferSignal;
