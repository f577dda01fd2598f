export type { CustomModelDefinition, CustomModelVariant, ModelDefinition } from '../model/index.js';
export { ModelDownloads } from './model-downloads.js';
export type { ModelDownloadsOptions } from './model-downloads-options.js';
export type { NotificationOptions } from './notifications.js';
export type { ModelEstimate, VariantEstimate } from './model-estimate.js';
export type { ConnectWorkerOptions } from '../worker/index.js';
