export { DownloadRecoveryElement } from './download-recovery/download-recovery.js';
export { registerTexts } from './language.js';
export { ModelDownloadDialogElement } from './model-download-dialog/model-download-dialog.js';
export { ModelProgressMiniElement } from './model-progress-mini/model-progress-mini.js';
export type { Count, FailureTexts, PartialTexts, Texts } from './texts.js';
