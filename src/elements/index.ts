export { DownloadRecoveryElement } from './download-recovery/download-recovery.js';
export { ModelDownloadDialogElement } from './model-download-dialog/model-download-dialog.js';
export { ModelProgressMiniElement } from './model-progress-mini/model-progress-mini.js';
