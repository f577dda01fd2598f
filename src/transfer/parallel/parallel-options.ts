import type { Clock } from '../../core/index.js';
import type { DownloadRequest } from '../download-request.js';
import type { FileVersion } from '../integrity/file-version.js';
import type { PauseGate } from '../network/pause-gate.js';
import type { ReconnectingSource } from '../network/reconnecting-source.js';

/** The downloads of other files on the same page, which share the line. */
export interface OtherDownloads {
  /** How many of them are receiving bytes. */
  readonly count: number;
  /** Bytes that they have received. */
  readonly bytes: number;
}

/** Settings of {@link ParallelRanges}. */
export interface ParallelRangesOptions {
  readonly request: DownloadRequest;
  readonly clock: Clock;
  /** Closed while the download is paused. */
  readonly gate: PauseGate;
  /** How long the next byte may take, in ms. */
  readonly stallTimeout: number;
  /** The body's own connection. */
  readonly source: ReconnectingSource;
  /** The version of the file. */
  readonly version: FileVersion & { readonly total: number };
  /** The most connections. */
  readonly connections: number;
  /** The other files that are being downloaded. */
  readonly others: () => OtherDownloads;
  /** Called when more connections to this server are of no use. */
  readonly onUseless: () => void;
}
