export { ModelTransfer, withPlatformFetch, type ModelLoader, type ModelLoaderContext } from './model-transfer.js';
export { createModelPrefetcher } from './model-prefetcher.js';
export { estimateFiles } from './estimate-files.js';
export type { RecallPlan } from './model-plan.js';
export { createTransformersLoader } from './transformers-loader.js';
export type { TransformersModelDefinition } from './transformers-model-definition.js';
export type { TransformersSource } from './transformers-module.js';
export { selectFiles, type FileSelection } from './select-files.js';
