// The events that the package itself reports, beside those of a runtime.
import type { PlanEntry } from './progress-info.js';

/** Names the files that a load needs, before it asks for them. A later plan replaces an earlier one. */
export interface PlanSignal {
  /** Tells it from other events. */
  readonly status: 'plan';
  /** The model, by its id or path, as the events of its files name it. */
  readonly name: string;
  /** Empty if the files are unknown: an earlier plan then no longer holds. */
  readonly files: readonly PlanEntry[];
}

/** What a share is the share of: the download, or what the runtime does with it afterwards. */
export const SHARE_PHASES = ['download', 'loading'] as const;

/**
 * How far a load is, from a runtime that tells no bytes. A load of which bytes are known too is told
 * by its bytes.
 */
export interface ShareSignal {
  /** Tells it from other events. */
  readonly status: 'share';
  /** The model, by its id; empty where the runtime does not say. */
  readonly name: string;
  /** What is loaded at the moment; `undefined` where the runtime does not say. */
  readonly file?: string | undefined;
  /** 0–1. One of `loading` moves no bar: how long a model takes to start is not known from it. */
  readonly share: number;
  /** What the share is the share of: the download, or the start that follows it. */
  readonly phase: (typeof SHARE_PHASES)[number];
  /**
   * Which of the downloads that one load makes in a row, from 0. From the second on there is no
   * percentage: a share tells nothing of how large one is beside another. Default 0.
   */
  readonly run?: number | undefined;
}

/**
 * How far the transfer of one file is.
 *
 * - `planned`: it will be asked for.
 * - `waiting`: it was asked for, and no byte comes at the moment.
 * - `receiving`: bytes come.
 * - `done`: the last byte is here and checked.
 * - `absent`: the server does not send it, as with an optional file that does not exist. Nothing waits for it any more.
 */
export const PHASES = ['planned', 'waiting', 'receiving', 'done', 'absent'] as const;

/**
 * What the transfer layer says of one file. It sees the network itself, so that its bytes are the
 * truth where the events of a runtime only repeat them.
 */
export interface TransferSignal {
  /** Tells it from other events. */
  readonly status: 'transfer';
  /** The model, by its id or path. */
  readonly name: string;
  /** The file, by its path inside the model. */
  readonly file: string;
  /** How far the transfer of the file is. */
  readonly phase: (typeof PHASES)[number];
  /** Bytes of the file that are here. */
  readonly loaded: number;
  /** How many of these came from this device: kept by an earlier try. */
  readonly stored: number;
  /** Bytes of the whole file; `undefined` while unknown. */
  readonly total: number | undefined;
  /**
   * Whether `total` counts decoded bytes for certain. A total that does not, such as the
   * `Content-Length` of an answer that may be encoded, holds only until `loaded` exceeds it, and
   * where no plan names the size. Default `true`.
   */
  readonly totalIsExact?: boolean | undefined;
}

/** A signal of the package itself, as a loader reports it. */
export type LoadSignal = PlanSignal | ShareSignal | TransferSignal;
