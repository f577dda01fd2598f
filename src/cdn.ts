import './define/index.js';

// What a page with tags uses. The classes of the core are in a file of their own, `core.js`, so that no visitor pays for them.
export {
  DownloadFailure,
  ThrottledProgressUpdater,
  formatBytes,
  formatDuration,
  formatPercent,
  formatSpeed,
  systemClock,
} from './core/index.js';
export * from './protocol/index.js';
export { DownloadRecoveryElement, ModelDownloadDialogElement, ModelProgressMiniElement, registerTexts } from './elements/index.js';
export { ModelDownloads } from './page/index.js';
export { defineModels, loadModelWithProgress } from './adapters/transformers.js';
