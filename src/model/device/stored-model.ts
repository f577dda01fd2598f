import { platformStore } from '../../transfer/internal.js';
import { FinishedFiles } from './finished-files.js';
import { isTransformersModel, type ModelDefinition } from '../model-definition.js';
import { ModelFiles } from './model-files.js';
import { resolveTransformers, type TransformersSource } from '../transformers/module.js';

/** A model whose files on this device are counted or deleted. */
export interface StoredModelOptions {
  readonly modelKey: string;
  readonly definition: ModelDefinition;
  /** The module of Transformers.js, or a function that imports it: its settings determine the addresses of the files. */
  readonly transformers?: TransformersSource | undefined;
  /** Separates several apps on one origin. Default: none. */
  readonly namespace?: string | undefined;
  /** The known paths of the model's files: a page's own cache may be unable to list its entries. */
  readonly names?: readonly string[] | undefined;
}

/** Bytes of a model on this device. */
export interface StoredBytes {
  /** Bytes of whole files. */
  readonly bytes: number;
  /** Stored bytes of unfinished files. */
  readonly partialBytes: number;
}

/** The bytes that a model occupies. @throws Rejects with the error of the import of Transformers.js. */
export async function storedBytes(options: StoredModelOptions): Promise<StoredBytes> {
  const { whole, partial, store } = await find(options);
  const held = (await store.list()).filter(({ url }) => partial(addressOf(url)));
  return { bytes: await whole.bytes(), partialBytes: held.reduce((sum, { length }) => sum + length, 0) };
}

/** Deletes all whole and partial files of a model. @throws Rejects with the error of the import of Transformers.js. */
export async function removeStored(options: StoredModelOptions): Promise<void> {
  const { whole, partial, store } = await find(options);
  const held = (await store.list()).filter(({ url }) => partial(addressOf(url)));
  await Promise.all([whole.remove(), ...held.map(({ url }) => store.delete(url))]);
}

async function find({ modelKey, definition, transformers, namespace, names }: StoredModelOptions) {
  const store = platformStore(namespace);
  if (isTransformersModel(definition) && transformers) {
    const files = ModelFiles.of(await resolveTransformers(transformers), definition, names);
    return { store, whole: files, partial: (url: string) => files.owns(url) };
  }
  const finished = new FinishedFiles(modelKey, namespace);
  const addresses = new Set((await finished.list()).map(({ key }) => addressOf(key)));
  return { store, whole: finished, partial: (url: string) => addresses.has(url) };
}

/** The address in a store's key, which may have a digest of the request behind a `#`. */
function addressOf(key: string): string {
  return key.replace(/#.*$/s, '');
}
