// The views of the elements: one chunk, imported when the first element has something to show.
export { Milestones } from './controllers/milestones.js';
export { RecoveryView } from './download-recovery/recovery-view.js';
export { DialogView } from './model-download-dialog/dialog-view.js';
export { MiniView } from './model-progress-mini/mini-view.js';
