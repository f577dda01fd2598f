/** The port to the transfer of a download that can be paused. */
export interface TransferControl {
  /** Whether there is a transfer that a pause would stop. */
  readonly canPause: boolean;
  /** Whether the received bytes are stored for the next visit; `undefined` before the first byte. */
  readonly kept: boolean | undefined;
  /** Closes every connection at once; the readers of their bodies wait. */
  pause(): void;
  /** Continues from the stored bytes. */
  resume(): void;
  /** Deletes the stored bytes of the download. */
  discard(): Promise<void>;
}
