import { modelAddress } from './transformers/model-address.js';
import { isTransformersModel, type ModelDefinition } from './model-definition.js';
import { importedTransformers, type TransformersSource } from './transformers/module.js';

/** What the addresses of a model's files begin with; `undefined` while the module that decides it is still to be imported. */
export function addressAtHand(definition: ModelDefinition, source: TransformersSource | undefined): string | undefined {
  const transformers = importedTransformers(source);
  if (!transformers || !isTransformersModel(definition)) return undefined;
  return modelAddress(transformers, definition.model, definition.options ?? {});
}
