export type { CustomModelDefinition, ModelDefinition } from '../adapters/index.js';
export type { ModelStorage } from './model-storage.js';
export { ModelDownloads } from './model-downloads.js';
export type { ModelDownloadsOptions } from './model-downloads-options.js';
export type { DownloadNotices } from './notices.js';
export type { ModelEstimate } from './model-estimate.js';
export type { ConnectWorkerOptions } from './worker-links.js';
