import { FinishedFiles } from './finished-files.js';
import { isTransformersModel, type ModelDefinition } from '../model-definition.js';
import { ModelFiles } from './model-files.js';
import { resolveTransformers, type TransformersSource } from '../transformers/module.js';

/** A model whose files on this device are looked for. */
export interface StoredModelOptions {
  readonly modelKey: string;
  readonly definition: ModelDefinition;
  /** The module of Transformers.js, which says where the files of its models are; it is imported where that is still to be done. */
  readonly transformers?: TransformersSource | undefined;
  /** Keeps several apps on one origin apart. Default: none. */
  readonly namespace?: string | undefined;
  /** The files of the model, as far as they are known: a cache that the page made may have no list. */
  readonly names?: readonly string[] | undefined;
}

/** Bytes of a model on this device. */
export interface StoredBytes {
  /** Of whole files. */
  readonly bytes: number;
  /** Held of files that have not arrived whole. */
  readonly partialBytes: number;
}

/** What a model occupies. @throws what the import of Transformers.js throws. */
export async function storedBytes(options: StoredModelOptions): Promise<StoredBytes> {
  const { whole, partial, store } = await find(options);
  const held = (await store.list()).filter(({ url }) => partial(addressOf(url)));
  return { bytes: await whole.bytes(), partialBytes: held.reduce((sum, { length }) => sum + length, 0) };
}

/** Deletes every file of a model, whole or not. @throws what the import of Transformers.js throws. */
export async function removeStored(options: StoredModelOptions): Promise<void> {
  const { whole, partial, store } = await find(options);
  const held = (await store.list()).filter(({ url }) => partial(addressOf(url)));
  await Promise.all([whole.remove(), ...held.map(({ url }) => store.delete(url))]);
}

async function find({ modelKey, definition, transformers, namespace, names }: StoredModelOptions) {
  const { platformStore } = await import('../../transfer/index.js');
  const store = platformStore(namespace);
  if (isTransformersModel(definition) && transformers) {
    const files = ModelFiles.of(await resolveTransformers(transformers), definition, names);
    return { store, whole: files, partial: (url: string) => files.owns(url) };
  }
  const finished = new FinishedFiles(modelKey, namespace);
  const addresses = new Set((await finished.list()).map(({ key }) => addressOf(key)));
  return { store, whole: finished, partial: (url: string) => addresses.has(url) };
}

/** The address of a file that a store may know by more than that. */
function addressOf(key: string): string {
  return key.replace(/#.*$/s, '');
}
