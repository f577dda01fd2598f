/** The port to what carries the bytes of a download, where something can stop and go on. */
export interface TransferControl {
  /** Whether there is a transfer that a pause would stop. */
  readonly canPause: boolean;
  /** Whether what has come will be here next time; `undefined` while nothing has come. */
  readonly kept: boolean | undefined;
  /** Closes every connection at once; what they feed waits. */
  pause(): void;
  /** Goes on with the bytes that are held. */
  resume(): void;
  /** Drops what is held of the download. */
  discard(): Promise<void>;
}
