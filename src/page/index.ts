export type { CustomModelDefinition, ModelDefinition } from './model-definition.js';
export type { ModelStorage } from './model-files.js';
export { ModelDownloads, type ModelDownloadsOptions } from './model-downloads.js';
