import { isTransformersModel, type ModelDefinition } from '../../model/index.js';

/** The keys of the other models with the same files: the same repository and revision, with other options. */
export function sharedWith(modelKey: string, definitions: ReadonlyMap<string, ModelDefinition>): readonly string[] {
  const place = placeOf(definitions.get(modelKey));
  const others = [...definitions].filter(([key]) => key !== modelKey);
  return place === undefined ? [] : others.filter(([, definition]) => placeOf(definition) === place).map(([key]) => key);
}

/** The repository and revision of a model; `undefined` for a model with its own loader, whose files belong to its key. */
function placeOf(definition: ModelDefinition | undefined): string | undefined {
  if (!definition || !isTransformersModel(definition)) return undefined;
  const { model, options } = definition;
  return `${model}@${options?.revision ?? 'main'}`;
}
