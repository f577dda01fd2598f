export { planBy } from './learned-plan.js';
export { ModelDownload, type LearnedBy, type LearnedPlans, type ModelDownloadContext } from './model-download.js';
export type { DownloadHandle } from './download-handle.js';
export type { ModelDownloadOptions } from './model-download-options.js';
export {
  isTransformersModel,
  ownFiles,
  plannedCache,
  plannedSize,
  sourceOf,
  type CustomModelDefinition,
  type ModelDefinition,
} from './model-definition.js';
export { ModelTransfer, withPlatformFetch } from './model-transfer.js';
export { createTransformersLoader } from './transformers-loader.js';
export type { TransformersSource } from './transformers-module.js';
export { addressAtHand } from './address-at-hand.js';
export { loaderOf } from './loader-of.js';
export { loadDeviceFiles } from './load-device-files.js';
export type { EstimatedModel } from './estimate-model.js';
export type { StoredBytes, StoredModelOptions } from './stored-model.js';
export type { TransformersModelDefinition } from './transformers-model-definition.js';
export { selectFiles, type FileSelection } from './select-files.js';
export { unpackFailure, type PackedFailure } from './worker-failure.js';
export {
  isOfBridge,
  WORKER_TAG,
  type AnnouncedModel,
  type Learned,
  type PageMessage,
  type WorkerCommand,
  type WorkerMessage,
  type WorkerRequest,
} from './worker-messages.js';
