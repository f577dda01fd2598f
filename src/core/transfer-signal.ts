/**
 * How far the transfer of one file is: it will be asked for, no byte is due, bytes come, the last
 * byte is here and checked.
 */
export const PHASES = ['planned', 'waiting', 'receiving', 'done'] as const;

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
}
