// The engine: the modules that download and load models, as one chunk. The first load, prefetch or estimate of a page imports it, the
// first use of its storage, and a dialog that opens. A worker imports it at its start.
export { AppFiles } from './device/app-files.js';
export { LocalDownload } from './local-download.js';
export { createModelTask } from './model-task.js';
