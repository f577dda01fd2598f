import './define/index.js';

// What a page with tags uses. The classes and formats of the core are in a file of their own, `core.js`, so that no visitor
// pays for them.
export { DownloadFailure } from './core/index.js';
// Without the events of `<model-storage>`, which is in a file of its own.
export * from './protocol/facts.js';
export * from './protocol/requests.js';
export { defineModels, loadModelWithProgress } from './adapters/transformers.js';
export { DownloadRecoveryElement, ModelDownloadDialogElement, ModelProgressMiniElement, registerTexts } from './elements/index.js';
/** Loads and registers `<model-storage>`. Resolves with its class and the classes of its events. */
export const defineModelStorage = () => import('./cdn-storage.js');
export { ModelDownloads } from './page/index.js';
