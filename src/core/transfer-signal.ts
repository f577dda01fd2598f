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
