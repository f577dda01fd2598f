// What downloads and loads models: one chunk, imported by the first load, prefetch or estimate. A worker has it from its start.
export { estimateModel } from './device/estimate-model.js';
export { removeStored, storedBytes } from './device/stored-model.js';
export { LocalDownload, type LocalDownloadContext } from './local-download.js';
export { createModelTask } from './model-task.js';
