import type { DownloadFailure } from './download-failure.js';

/** What broke the last attempt of a load, and how often it was tried again. */
export interface RecoveryCount {
  /** What broke the last attempt. */
  readonly failure: DownloadFailure;
  /** Which retry this is, from 1; 0 before the first. */
  readonly attempt: number;
  /** How many retries of this kind there are: those made without asking, or those that the user may ask for. */
  readonly maxAttempts: number;
}

/** Where a recovery stands, as the elements draw it. */
export type RecoveryState = RecoveryCount &
  (
    | {
        /** It goes on: a wait is over, or the user asked for another attempt. */
        readonly status: 'running';
      }
    | {
        /** The next attempt begins by itself. */
        readonly status: 'waiting';
        /** Milliseconds since 1970; `undefined` while it is the connection that is waited for. */
        readonly retryAt: number | undefined;
      }
    | {
        /** The user is asked, or there is no further attempt. */
        readonly status: 'failed';
        /** Whether the user may ask for another attempt. */
        readonly canRetry: boolean;
      }
  );
