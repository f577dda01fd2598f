export { planFor, type LearnedPlan, type LearnedPlans, type PlanConditions } from './learned-plans.js';
export { StoredPlans } from './stored-plans.js';
export { LocalDownload, type LocalDownloadContext } from './local-download.js';
export type { DownloadHandle } from './download-handle.js';
export type { ModelDownloadOptions } from './download-options.js';
export {
  isTransformersModel,
  ownFiles,
  plannedCache,
  plannedSize,
  sourceOf,
  type CustomModelDefinition,
  type ModelDefinition,
} from './model-definition.js';
export { ModelTransfer, withPlatformFetch } from './loader/model-transfer.js';
export { createTransformersLoader } from './transformers/loader.js';
export type { TransformersSource } from './transformers/module.js';
export { knownAddress } from './known-address.js';
export { checkDownloadOptions } from './check-options.js';
export { createLoader } from './create-loader.js';
export { loadDeviceFiles } from './device/load-device-files.js';
export type { EstimatedModel } from './device/estimate-model.js';
export { DeviceStorage } from './device-storage.js';
export type { StoredBytes, StoredModel } from './device/app-files.js';
export type { TransformersModelDefinition } from './transformers/definition.js';
export { selectFiles, type FileSelection } from './transformers/plan/select-files.js';
export { DEVICE_LIMIT, withLimit } from './request-limits.js';
