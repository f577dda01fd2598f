// What downloads and loads models: one chunk, imported by the first load, prefetch or estimate. A worker has it from its start.
export { AppFiles } from './device/app-files.js';
export { LocalDownload } from './local-download.js';
export { createModelTask } from './model-task.js';
