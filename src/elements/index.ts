export { DownloadRecoveryElement } from './download-recovery/download-recovery.js';
export { registerTexts } from './i18n/language.js';
export { ModelDownloadDialogElement } from './model-download-dialog/model-download-dialog.js';
export { ModelProgressMiniElement } from './model-progress-mini/model-progress-mini.js';
export { ModelStorageElement } from './model-storage/model-storage.js';
export type { StorageTexts } from './model-storage/storage-texts.js';
export type { Count, FailureTexts, PartialTexts, AllTexts, Texts } from './i18n/texts.js';
