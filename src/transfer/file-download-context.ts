import type { Clock } from '../core/index.js';
import type { LookUp, VerifyMode } from './integrity/body-check.js';
import type { FileLock } from './sharing/file-lock.js';
import type { PauseGate } from './network/pause-gate.js';
import type { PartialStore } from './store/partial-store.js';
import type { ProgressChannel } from './sharing/progress-channel.js';

/** How far one file is. */
export interface FileProgressReport {
  /** No byte is due, bytes come from the network, the last byte is here and checked, or the server does not send the file. */
  readonly phase: 'waiting' | 'receiving' | 'done' | 'absent';
  /** Bytes of the file that are here, decoded. */
  readonly loaded: number;
  /** How many of these an earlier visit, or another tab, had kept. */
  readonly stored: number;
  /** Bytes of the whole file, decoded; `undefined` while unknown. */
  readonly total: number | undefined;
  /** Whether `total` is certain. `false` for a `Content-Length` that no listing and no range has confirmed. */
  readonly totalIsExact: boolean;
}

/** What a download needs of those around it. */
export interface FileDownloadContext {
  readonly store: PartialStore;
  readonly lock: FileLock;
  readonly gate: PauseGate;
  readonly clock: Clock;
  readonly channel: ProgressChannel;
  readonly namespace: string;
  readonly segmentSize: number;
  readonly stallTimeout: number;
  readonly verify: VerifyMode;
  readonly lookUp: LookUp;
  /** The file where the caller keeps whole ones; `undefined` when it is not there. */
  readonly readWhole: (url: string) => Promise<Response | undefined>;
  /** Whether the caller keeps whole files, so that what is held may go once that one has it. */
  readonly hasKeeper: boolean;
  /** Whether an error status of this file is for the caller, who goes on without it. */
  readonly passesErrors: (url: string) => boolean;
  readonly recover: (cause: unknown) => Promise<void>;
  readonly tell: (report: FileProgressReport) => void;
  /** Called once when it is over, however that came. */
  readonly onEnd: () => void;
  /** Called when it is broken for good. */
  readonly onFailure: (cause: unknown) => void;
  /** Called when what comes cannot be kept. */
  readonly onFull: (cause: unknown) => void;
}
