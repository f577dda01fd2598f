// The views of the elements: one chunk, imported when the first element has something to show.
export { texts as englishTexts } from './i18n/catalogues/en.js';
export { toShownBatch } from './shown-batch.js';
export { toShownDownload } from './shown-download.js';
export { Milestones } from './controllers/milestones.js';
export { RecoveryView } from './download-recovery/recovery-view.js';
export { DialogView } from './model-download-dialog/dialog-view.js';
export { MiniView } from './model-progress-mini/mini-view.js';
