export type { CustomModelDefinition, ModelDefinition } from './model-definition.js';
export { ModelDownloads, type ModelDownloadsOptions } from './model-downloads.js';
