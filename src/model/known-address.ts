import { modelAddress } from './transformers/model-address.js';
import { isTransformersModel, type ModelDefinition } from './model-definition.js';
import { importedTransformers, type TransformersSource } from './transformers/module.js';

/**
 * The common start of the addresses of a model's files. The settings of Transformers.js determine it: the result is
 * `undefined` before its import, and for a model with its own loader.
 */
export function knownAddress(definition: ModelDefinition, source: TransformersSource | undefined): string | undefined {
  const transformers = importedTransformers(source);
  if (!transformers || !isTransformersModel(definition)) return undefined;
  return modelAddress(transformers, definition.model, definition.options ?? {});
}
