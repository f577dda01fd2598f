export { CircularBuffer } from './speed/circular-buffer.js';
export type { SpeedSample } from './speed/speed-meter.js';
export type { Clock, Timer } from './time/clock.js';
export { systemClock } from './time/system-clock.js';
export { ThrottledProgressUpdater, type ThrottledProgressUpdaterOptions } from './time/throttled-progress-updater.js';
export type { LoadSignal, PlanSignal, ShareSignal, TransferSignal } from './progress/signals.js';
export type { AggregateProgressInfo, FileProgressInfo, PlanEntry, ProgressInfo, ProgressStatus } from './progress/progress-info.js';
export { MultiFileProgressTracker } from './progress/multi-file-progress-tracker.js';
export type { MultiFileProgressTrackerOptions } from './progress/tracker-options.js';
export { ProgressTracker, type ProgressTrackerOptions } from './progress/progress-tracker.js';
export { classifyFailure } from './failure/classify-failure.js';
export { DownloadFailure, type DownloadFailureOptions, type FailureCode } from './failure/download-failure.js';
export { DownloadRecoveryManager, type DownloadRecoveryManagerOptions } from './failure/download-recovery-manager.js';
export type { RecoveryState } from './failure/recovery-state.js';
export type { Connectivity } from './failure/recovery-wait.js';
export { platformConnectivity } from './failure/platform-connectivity.js';
export type { RetryPolicyOptions } from './failure/retry-policy.js';
export type {
  CancelledDownload,
  CompletedDownload,
  DownloadActions,
  DownloadState,
  DownloadVariant,
  DownloadStateFields,
  DownloadStatus,
  FailedDownload,
  IdleDownload,
  PausedDownload,
  PendingDownload,
  PreparingDownload,
  RunningDownload,
  StalledDownload,
  WaitingDownload,
} from './state/download-state.js';
export type { DownloadSummary } from './state/download-summary.js';
export type { StateStorage } from './state/persisted-state.js';
export type { DownloadUpdate, ProgressStateManagerOptions } from './state/download-states.js';
export { ProgressStateManager } from './state/progress-state-manager.js';
export type { DownloadCaller } from './task/download-callers.js';
export type { DownloadLoader, DownloadLoaderContext } from './task/download-loader.js';
export { formatBytes, formatDuration, formatPercent, formatSpeed } from './format.js';
export type { FetchLike } from './fetch-like.js';
