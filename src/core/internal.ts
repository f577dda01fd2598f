// What the other layers use of the core, and users do not.
export { codeOfStatus } from './failure/classify-failure.js';
export { RetryPolicy, type RetryDecision } from './failure/retry-policy.js';
export type { PlanSignal, ShareSignal, TransferSignal } from './progress/signals.js';
export { SpeedMeter } from './speed/speed-meter.js';
export { DownloadBatch } from './state/download-batch.js';
export { isActive, isDownloadStatus, NO_ACTIONS } from './state/download-state.js';
export { DownloadCallers } from './task/download-callers.js';
export type { DownloadTaskOptions } from './task/download-loader.js';
export { DownloadQueue, type QueueSlot } from './task/download-queue.js';
export { DownloadTask } from './task/download-task.js';
export { QueueSeat } from './task/queue-seat.js';
export { toProgressInfo } from './task/task-figures.js';
export type { TransferControl } from './task/transfer-control.js';
export { epochNow } from './time/clock.js';
export { notify } from './time/notify.js';
export { withTimeLimit } from './time/time-limit.js';
