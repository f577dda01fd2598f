export { CircularBuffer } from './circular-buffer.js';
export { epochNow, type Clock, type Timer } from './clock.js';
export { MultiFileProgressTracker, type MultiFileProgressTrackerOptions } from './multi-file-progress-tracker.js';
export type {
  AggregateProgressInfo,
  FileProgressInfo,
  PlanEntry,
  ProgressInfo,
  ProgressStatus,
} from './progress-info.js';
export { ProgressTracker, type ProgressTrackerOptions } from './progress-tracker.js';
export { SpeedMeter, type SpeedSample } from './speed-meter.js';
export { notify } from './notify.js';
export { platformConnectivity } from './platform-connectivity.js';
export { systemClock } from './system-clock.js';
export { withTimeLimit } from './time-limit.js';
export { ThrottledProgressUpdater, type ThrottledProgressUpdaterOptions } from './throttled-progress-updater.js';
export { classifyFailure, codeOfStatus } from './classify-failure.js';
export { DownloadFailure, type DownloadFailureOptions, type FailureCode } from './download-failure.js';
export { DownloadRecoveryManager, type DownloadRecoveryManagerOptions } from './download-recovery-manager.js';
export type { RecoveryState } from './recovery-state.js';
export type { Connectivity } from './recovery-wait.js';
export { isActive, NO_ACTIONS, type DownloadActions, type DownloadState, type DownloadStatus } from './download-state.js';
export { formatBytes, formatDuration, formatPercent, formatSpeed } from './format.js';
export type { StateStorage } from './persisted-state.js';
export {
  ProgressStateManager,
  type DownloadUpdate,
  type ProgressStateManagerOptions,
} from './progress-state-manager.js';
export { RetryPolicy, type RetryDecision, type RetryPolicyOptions } from './retry-policy.js';
export { DownloadCallers, type DownloadCaller } from './download-callers.js';
export { toProgressInfo } from './task-figures.js';
export { DownloadBatch, type DownloadSummary } from './download-batch.js';
export { DownloadQueue, type QueuePlace } from './download-queue.js';
export { QueueSeat } from './queue-seat.js';
export type { DownloadLoader, DownloadLoaderContext, DownloadTaskOptions } from './download-loader.js';
export { DownloadTask } from './download-task.js';
export type { PlanSignal } from './plan-signal.js';
export type { ShareSignal } from './share-signal.js';
export type { TransferSignal } from './transfer-signal.js';
export type { TransferControl } from './transfer-control.js';
export type { FetchLike } from './fetch-like.js';
