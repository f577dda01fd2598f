import type { DownloadFailure } from './download-failure.js';

/** The failure of the last attempt of a load, and the number of its retries. */
export interface RecoveryCount {
  /** The failure of the last attempt. */
  readonly failure: DownloadFailure;
  /** The number of the current retry, from 1; 0 before the first. */
  readonly attempt: number;
  /** The number of retries of this kind: automatic ones, or those of the user. */
  readonly maxAttempts: number;
}

/** The step of a recovery. */
export type RecoveryState = RecoveryCount &
  (
    | {
        /** The load continues: a wait has ended, or the user has requested another attempt. */
        readonly status: 'running';
      }
    | {
        /** The next attempt begins automatically. */
        readonly status: 'waiting';
        /** When it begins, in ms since 1970; `undefined` while it waits for a connection. */
        readonly retryAt: number | undefined;
      }
    | {
        /** The user may retry, or no attempt is left. */
        readonly status: 'failed';
        /** Whether the user may retry. */
        readonly canRetry: boolean;
      }
  );
