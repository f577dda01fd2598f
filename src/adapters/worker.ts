export { exposeDownloads, type ExposedDownloads, type ExposeOptions, type WorkerScope } from './expose-downloads.js';
export type { CustomModelDefinition, ModelDefinition } from './model-definition.js';
export type { ModelDownloadOptions } from './model-download-options.js';
export type { ModelLoader, ModelLoaderContext } from './model-transfer.js';
export type { TransformersModelDefinition } from './transformers-model-definition.js';
export type { TransformersModule, TransformersSource } from './transformers-module.js';
