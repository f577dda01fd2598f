export { planFor, type LearnedConditions, type LearnedPlan, type LearnedPlans, type PlanConditions } from './learned-plans.js';
export { forgetAbsences, mayLackFile, storedAbsences } from './absent-files.js';
export { learnPlan } from './learn-plan.js';
export { StoredPlans } from './stored-plans.js';
export type { LocalDownload, LocalDownloadContext } from './local-download.js';
export type { DownloadHandle } from './download-handle.js';
export type { ModelDownloadOptions } from './download-options.js';
export {
  isTransformersModel,
  ownFiles,
  plannedCache,
  plannedSize,
  sourceOf,
  toJson,
  type CustomModelDefinition,
  type CustomModelVariant,
  type ModelDefinition,
} from './model-definition.js';
export type { TransformersSource } from './transformers/module.js';
export { forgetUse, lastUseOf, recordUse } from './last-use.js';
export type { StoragePlace } from './storage-place.js';
export { knownAddress } from './known-address.js';
export { checkDefinition, checkFields, requirePrefetchable } from './check-definition.js';
export { checkDownloadOptions } from './check-options.js';
export { loadDeviceCheck } from './load-device-check.js';
export { loadedEngine, loadEngine } from './load-engine.js';
export type { EstimatedModel, RecallEstimate } from './device/estimate-model.js';
export { DeviceStorage } from './device-storage.js';
export type { StoredBytes, StoredModel } from './device/app-files.js';
export { storedVariant, withVariant } from './model-variant.js';
export { storeVariant } from './store-variant.js';
export { lastSpeedOf, watchSpeed } from './last-speed.js';
export type { TransformersModelDefinition, TransformersModelVariant } from './transformers/definition.js';
export { DEVICE_LIMIT, withLimit } from './request-limits.js';
