export { ModelTransfer, withPlatformFetch, type ModelLoader, type ModelLoaderContext } from './model-transfer.js';
export {
  createTransformersLoader,
  type TransformersModelDefinition,
} from './transformers-loader.js';
export type { TransformersSource } from './transformers-module.js';
export { selectFiles, type FileSelection } from './select-files.js';
