// What the other layers use of the core, and users do not.
export { deferred, type Deferred } from './deferred.js';
export { fieldsOf, isRecord, readBytes } from './json.js';
export { codeOfStatus } from './failure/classify-failure.js';
export { isTransientStatus } from './failure/transient-status.js';
export { openChannel } from './open-channel.js';
export { RetryPolicy, type RetryDecision } from './failure/retry-policy.js';
export { SpeedMeter } from './speed/speed-meter.js';
export { DownloadBatch } from './state/download-batch.js';
<<<<<<< HEAD
export { isActive, isDownloadStatus, NO_ACTIONS } from './state/download-state.js';
=======
export { isActive, NO_ACTIONS } from './state/download-state.js';
export { toDownloadState } from './state/to-download-state.js';
export { storagePrefix } from './state/storage-prefix.js';
>>>>>>> house
export { DownloadCallers } from './task/download-callers.js';
export type { DownloadTaskOptions } from './task/download-loader.js';
export { DownloadQueue, QueueSlot } from './task/download-queue.js';
export { DownloadTask } from './task/download-task.js';
export { toProgressInfo } from './task/task-figures.js';
export type { TransferControl } from './task/transfer-control.js';
export { epochNow } from './time/clock.js';
export { notify } from './time/notify.js';
export { withTimeLimit } from './time/time-limit.js';
