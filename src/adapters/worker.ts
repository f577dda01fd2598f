export { exposeDownloads, type ExposedDownloads, type ExposeOptions, type WorkerScope } from '../worker/host/expose-downloads.js';
export type { CustomModelDefinition, ModelDefinition } from '../model/model-definition.js';
export type { ModelDownloadOptions } from '../model/download-options.js';
export type { ModelLoader, ModelLoaderContext } from '../model/loader/model-transfer.js';
export type { TransformersModelDefinition } from '../model/transformers/definition.js';
export type { TransformersModule, TransformersSource } from '../model/transformers/module.js';
