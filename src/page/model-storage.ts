import type { TransformersModelDefinition } from '../adapters/index.js';
import { isFileOf, keptFiles, sizeOf, type ModelStorage } from './model-files.js';

/** What a model occupies, whole files and unfinished ones. */
export async function storageOf(
  modelKey: string,
  definition: TransformersModelDefinition,
  namespace: string | undefined,
): Promise<ModelStorage> {
  const { platformStore } = await import('../transfer/index.js');
  const [kept, partial] = await Promise.all([keptFiles(definition), platformStore(namespace).list()]);
  const sizes = await Promise.all(kept.map(sizeOf));
  const own = partial.filter(({ url }) => isFileOf(url, definition));
  return {
    modelKey,
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    partialBytes: own.reduce((sum, { length }) => sum + length, 0),
  };
}

/** Deletes every file of a model, whole or not. */
export async function removeModel(definition: TransformersModelDefinition, namespace: string | undefined): Promise<void> {
  const { platformStore } = await import('../transfer/index.js');
  const store = platformStore(namespace);
  const [kept, partial] = await Promise.all([keptFiles(definition), store.list()]);
  await Promise.all([
    ...kept.map(({ cache, request }) => cache.delete(request)),
    ...partial.filter(({ url }) => isFileOf(url, definition)).map(({ url }) => store.delete(url)),
  ]);
}
