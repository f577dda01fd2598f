export {
  createTransformersLoader,
  type TransformersModelDefinition,
  type TransformersSource,
} from './transformers.js';
