// The engine: the modules that download and load models. The first load, prefetch or estimate of a page imports it as one
// chunk. A worker imports it at its start.
export { AppFiles } from './device/app-files.js';
export { LocalDownload } from './local-download.js';
export { createModelTask } from './model-task.js';
